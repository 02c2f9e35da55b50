package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.MtcnnSettings;
import dev.atelier.runtime.perception.Perception;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the pictures of the tests are, and the settings that the drawn sample world needs. */
public final class SamplePhotos {
  /** Photos of one drawn person with five deliberate rejects. */
  public static final Path ANA = Path.of("../samples/headshot/photos/ana");

  private SamplePhotos() {}

  public static Path resource(String name) {
    try {
      return Path.of(SamplePhotos.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Perception forPhotographs() {
    return Perception.shipped(MtcnnSettings.photographs(), 2);
  }

  public static Perception forDrawings() {
    return Perception.shipped(MtcnnSettings.photographs().withThresholds(0.3, 0.2, 0.2), 2);
  }

  /**
   * Faces of the sample are about 100 px wide, and drawn people resemble each other more than real
   * ones.
   */
  public static PhotoSettings drawings() {
    return new PhotoSettings(64, 60, 35, 0.40, 0.8);
  }
}
