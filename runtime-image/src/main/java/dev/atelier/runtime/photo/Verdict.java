package dev.atelier.runtime.photo;

/** What becomes of a photo; exactly one for each. */
public enum Verdict {
  Accepted,
  NoFace,
  SeveralFaces,
  FaceTooSmall,
  Blurred,
  TooDark,
  TooBright,
  ExtremePose,
  /** Eyes or mouth are hidden; see {@link FaceCover}. */
  Occluded,
  NearDuplicate,
  DifferentPerson,
  Unsafe,
  Unreadable,
  TooLarge
}
