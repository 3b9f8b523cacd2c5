// What calls an agent back to the page: a short sound, and a number in the title.

let audio = null;

export const titleFor = (calls) => (calls ? `(${calls}) Desk` : "Desk");

export function chime() {
  try {
    audio ??= new AudioContext();
    const begins = audio.currentTime;
    for (const [delay, pitch] of [[0, 660], [0.14, 880]]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.08, begins + delay);
      volume.gain.exponentialRampToValueAtTime(0.001, begins + delay + 0.25);
      tone.connect(volume).connect(audio.destination);
      tone.start(begins + delay);
      tone.stop(begins + delay + 0.26);
    }
  } catch {
    // Some browsers play nothing before the page was touched.
  }
}
