package dev.atelier.runtime.gallery;

import java.util.Map;

/**
 * What gallery page and contact sheet are made of.
 *
 * @param pictures by name
 * @param baseline pictures of the base model, by name
 * @param photos by stem; empty where photos are not to be kept
 */
public record Gallery(
    Report report,
    Map<String, Preview> pictures,
    Map<String, Preview> baseline,
    Map<String, Preview> photos) {

  public Gallery {
    pictures = Map.copyOf(pictures);
    baseline = Map.copyOf(baseline);
    photos = Map.copyOf(photos);
  }
}
