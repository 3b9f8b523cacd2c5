import type { Ref } from "preact";

import { texts } from "../texts";
import { Icon } from "./icons";

interface Properties {
  button: Ref<HTMLButtonElement>;
  hidden: boolean;
  unread: number;
  open: () => void;
}

/** The button on the shop's page, with how many messages have come since the chat was closed. */
export function Launcher({ button, hidden, unread, open }: Properties) {
  return (
    <button
      ref={button}
      type="button"
      class="launcher"
      part="launcher"
      hidden={hidden}
      aria-haspopup="dialog"
      aria-label={unread > 0 ? texts.launcherUnread(unread) : undefined}
      onClick={open}
    >
      <Icon name="chat" />
      <span>{texts.launcher}</span>
      {unread > 0 && <span class="badge">{unread}</span>}
    </button>
  );
}
