package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.model.config.ModelConfig;
import java.util.List;

/** Which size a picture is resized to. */
sealed interface ProcessorSize {

  /** The size of a picture of the given one. */
  Size of(int width, int height);

  /** A size in pixels. */
  record Size(int width, int height) {}

  /** The shorter edge gets this length; the longer one is cut to whole pixels, not rounded. */
  record ShortestEdge(int edge) implements ProcessorSize {
    @Override
    public Size of(int width, int height) {
      return width <= height
          ? new Size(edge, (int) ((double) edge * height / width))
          : new Size((int) ((double) edge * width / height), edge);
    }

    @Override
    public String toString() {
      return "shorter edge " + edge;
    }
  }

  /** Always this size, whatever the picture's shape. */
  record Exact(int width, int height) implements ProcessorSize {
    @Override
    public Size of(int pictureWidth, int pictureHeight) {
      return new Size(width, height);
    }

    @Override
    public String toString() {
      return width + " x " + height;
    }
  }

  /**
   * An object with {@code shortest_edge} or {@code height} and {@code width}, or, in older files,
   * one number.
   */
  static ProcessorSize from(ModelConfig config, String field, boolean numberIsShortest) {
    if (config.isObject(field)) {
      var part = config.part(field);
      ProcessorSize size =
          part.has("shortest_edge")
              ? new ShortestEdge(part.integer("shortest_edge"))
              : new Exact(part.integer("width"), part.integer("height"));
      part.finish();
      return size;
    }
    int edge = config.integer(field);
    return numberIsShortest ? new ShortestEdge(edge) : new Exact(edge, edge);
  }

  /** Height and width of an object, or twice the number of an older file. */
  static List<Integer> exact(ModelConfig config, String field) {
    if (config.isObject(field)) {
      var part = config.part(field);
      var size = List.of(part.integer("height"), part.integer("width"));
      part.finish();
      return size;
    }
    return List.of(config.integer(field), config.integer(field));
  }
}
