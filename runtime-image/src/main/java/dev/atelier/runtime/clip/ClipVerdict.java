package dev.atelier.runtime.clip;

/** What becomes of a clip; exactly one for each. */
public enum ClipVerdict {
  Accepted,
  Unreadable,
  /** The file or the scene is shorter than a clip. */
  TooShort,
  /** It would have to be enlarged by more than a clip bears. */
  TooSmall,
  TooDark,
  /** Black bars above and below, or at the sides. */
  Letterboxed,
  /** A still picture, or nearly one. */
  Static,
  Blurred,
  /** Subtitles, titles, slides. */
  TextHeavy,
  Unsafe,
  NearDuplicate,
  /** No side-car file, or a file name that says nothing. */
  NoCaption,
  NotEnglish
}
