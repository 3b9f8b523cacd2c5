/** Line icons, 24 by 24. They are always beside words or a label, so they say nothing themselves. */

const PATHS = {
  chat: "M4 5h16v11h-9l-5 4v-4H4z",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5M5 12l7-7 7 7",
  end: "M9 4H5v16h4M14 8l4 4-4 4M18 12H9",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  parcel: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8M8 6l8 4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.6-4 3.300-5.500 7-5.500s6.400 1.500 7 5.500",
  tick: "M5 12.500l4.500 4.500L19 7.500",
  alert: "M12 7v6M12 16.500v.5",
  out: "M8 5h11v11M19 5L6 18",
};

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
