package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;

/** The chip that dlib's networks were trained on, as {@link FaceChip} cuts it. */
record DlibAlignment() implements FaceAlignment {

  @Override
  public RgbImage cut(RgbImage picture, Face face) {
    return FaceChip.picture(picture, face.landmarks());
  }

  @Override
  public String protocol() {
    return "dlib alignment";
  }
}
