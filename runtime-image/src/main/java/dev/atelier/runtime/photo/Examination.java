package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;
import dev.atelier.runtime.perception.Perception;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Looks at one photo: decode, find the face, measure, judge. Keeps numbers, never the picture. */
final class Examination {
  private final Perception perception;
  private final PhotoDecoder decoder;
  private final QualityRules rules;

  Examination(Perception perception, PhotoDecoder decoder, QualityRules rules) {
    this.perception = perception;
    this.decoder = decoder;
    this.rules = rules;
  }

  Examined examine(Path file) {
    var decoded = decoder.decode(file);
    if (decoded instanceof Decoded.Picture picture) {
      return look(file, picture);
    }
    var finding = ((Decoded.Refused) decoded).finding();
    var photo =
        new JudgedPhoto(
            nameOf(file), file, finding, Measurements.none(), Optional.empty(), Optional.empty());
    return new Examined(photo, Optional.empty());
  }

  /** What a picture that is at hand earns by itself. */
  Finding judge(RgbImage image) {
    var picture = new Decoded.Picture(image, image.width(), image.height());
    return rules.judge(measure(picture, perception.detector().detect(image)));
  }

  private Examined look(Path file, Decoded.Picture picture) {
    var faces = perception.detector().detect(picture.image());
    var main = faces.stream().findFirst();
    var measurements = measure(picture, faces);
    var embedding = main.map(face -> perception.embedder().embed(picture.image(), face));
    var photo =
        new JudgedPhoto(
            nameOf(file), file, rules.judge(measurements), measurements, main, embedding);
    return new Examined(photo, Optional.of(PerceptualHash.of(picture.image())));
  }

  private Measurements measure(Decoded.Picture picture, List<Face> faces) {
    return new Measurements(
        picture.width(),
        picture.height(),
        faces.size(),
        faces.stream().findFirst().map(face -> FaceMeasurements.of(picture, face)),
        OptionalDouble.of(perception.nudity().score(picture.image())),
        OptionalDouble.empty());
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
