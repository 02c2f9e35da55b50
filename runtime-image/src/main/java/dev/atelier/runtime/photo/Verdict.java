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
  /** Reserved: no model that ships sees what covers a face. */
  Occluded,
  NearDuplicate,
  DifferentPerson,
  Unsafe,
  Unreadable,
  TooLarge
}
