package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;

/** Turns a face into numbers that are close for the same person. */
public interface FaceEmbedder {

  /** The embedding of a face that a detector found in this picture. */
  Embedding embed(RgbImage picture, Face face);

  /** Name of the model, for reports: distances of different models are not comparable. */
  String protocol();
}
