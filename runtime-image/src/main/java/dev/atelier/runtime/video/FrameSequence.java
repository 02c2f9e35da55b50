package dev.atelier.runtime.video;

import dev.atelier.runtime.image.RgbImage;

/** The frames of a clip, made or read one at a time: a clip as a whole may not fit into memory. */
public interface FrameSequence {

  /** How many there are. */
  int count();

  /** Of every frame, in pixels. */
  int width();

  /** Of every frame, in pixels. */
  int height();

  /** The frame of a number, counted from 0. */
  RgbImage frame(int index);
}
