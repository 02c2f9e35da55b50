package dev.atelier.runtime.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Metrics of a set of pictures against the photos of a person.
 *
 * @param protocol of the faces, printed beside each number that depends on it
 */
public record PictureMetrics(List<PictureReading> pictures, PersonPhotos photos, String protocol) {

  /** What whole pictures are compared by: no learned model. */
  private static final String PIXELS = "no learned model, SSIM of middle squares at 64 x 64";

  /** Face similarity of the pictures to the photos. */
  public Reading identitySimilarity(String name) {
    if (photos.faces() == 0) {
      return withoutPhotos(name);
    }
    return reading(
        name,
        values(PictureReading::identity),
        protocol,
        """
        mean over all pictures of max(0, 1 - d / (2 D)), d the Euclidean distance of the face's \
        embedding to the median embedding of %d photos, D = %s; a picture without a face counts \
        0; 0.5 is the line between this person and others"""
            .formatted(photos.faces(), photos.identity().samePersonMaxDistance()));
  }

  /** Face similarity of the photos to each other: the ceiling of {@link #identitySimilarity}. */
  public Reading identityAmongPhotos(String name) {
    return reading(
        name,
        photos.identity().amongPhotos().stream().toArray(),
        protocol,
        "mean similarity of each photo's face to the other photos: what pictures can reach");
  }

  /** Similarity of whole pictures to the photos. */
  public Reading imageSimilarity(String name) {
    if (photos.size() == 0) {
      return withoutPhotos(name);
    }
    return reading(
        name,
        values(PictureReading::similarity),
        PIXELS,
        """
        mean SSIM (Wang et al. 2004) over all pairs of picture and photo, middle squares at 64 x \
        64, RGB, %d photos; no learned features: it sees colours and shapes, not meaning"""
            .formatted(photos.size()));
  }

  /** Similarity of whole photos to each other: the ceiling of {@link #imageSimilarity}. */
  public Reading similarityAmongPhotos(String name) {
    return reading(
        name,
        photos.similarityAmongPhotos().stream().toArray(),
        PIXELS,
        "mean SSIM over all pairs of photos at 64 x 64");
  }

  /** How near each picture comes to copying a photo. */
  public Reading memorisation(String name) {
    if (photos.size() == 0) {
      return withoutPhotos(name);
    }
    return reading(
        name,
        values(PictureMetrics::nearest),
        PIXELS,
        "mean over the pictures of the highest SSIM to a photo at 64 x 64; 1 is a copy");
  }

  /** How different the pictures of one prompt are. */
  public Reading diversity(String name) {
    var byPrompt =
        pictures.stream()
            .collect(
                Collectors.groupingBy(
                    PictureReading::prompt,
                    Collectors.mapping(PictureReading::thumbnail, Collectors.toList())));
    var each =
        byPrompt.values().stream()
            .map(Similarities::amongEachOther)
            .flatMapToDouble(OptionalDouble::stream)
            .map(similarity -> 1 - similarity)
            .toArray();
    return reading(
        name,
        each,
        PIXELS,
        "1 - mean SSIM over all pairs of pictures of one prompt at 64 x 64, mean over the prompts");
  }

  /** Share of pictures that show a face. */
  public Reading faceDetection(String name) {
    var definition = "share of the pictures in which a face is found";
    long faces = pictures.stream().filter(PictureReading::face).count();
    return pictures.isEmpty()
        ? new Reading.NotMeasured(name, "there are no pictures; " + definition)
        : new Reading.Measured(
            name,
            (double) faces / pictures.size(),
            definition,
            protocol,
            Optional.of(Interval.ofShare(faces, pictures.size())));
  }

  private double[] values(Function<PictureReading, OptionalDouble> value) {
    return pictures.stream().map(value).flatMapToDouble(OptionalDouble::stream).toArray();
  }

  private static OptionalDouble nearest(PictureReading picture) {
    return picture.nearest().stream().mapToDouble(PictureReading.Nearest::similarity).findFirst();
  }

  private static Reading reading(String name, double[] values, String model, String definition) {
    return values.length > 0
        ? Readings.ofMean(name, values, definition, model)
        : new Reading.NotMeasured(name, "too few pictures or photos with a face; " + definition);
  }

  private static Reading withoutPhotos(String name) {
    return new Reading.NotMeasured(
        name,
        "there are no photos of the person to compare with: it needs a model that was tuned on"
            + " photos which are still kept");
  }
}
