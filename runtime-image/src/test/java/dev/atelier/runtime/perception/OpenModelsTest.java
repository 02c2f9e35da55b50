package dev.atelier.runtime.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of models that belong together all are open, or none. */
class OpenModelsTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void whereTheLastModelFailsToOpenThoseBeforeItAreClosed() {
    assertThatThrownBy(
            () ->
                Perception.open(
                    Detector::new,
                    Embedder::new,
                    () -> {
                      throw new PerceptionException("the file is damaged");
                    }))
        .isInstanceOf(PerceptionException.class)
        .hasMessage("the file is damaged");

    assertThat(closed).containsExactly("embedder", "detector");
  }

  @Test
  void modelsThatAllOpenedStayOpenUntilTheyAreClosed() {
    var models = Perception.open(Detector::new, Embedder::new, Nudity::new);
    assertThat(closed).isEmpty();

    models.close();

    assertThat(closed).containsExactly("detector", "embedder", "nudity");
  }

  @Test
  void oneThatFailsToCloseKeepsNoOtherOpen() {
    var models = new OpenModels();
    models.add((AutoCloseable) () -> closed.add("first"));
    models.add(broken("second"));
    models.add(broken("third"));

    assertThatThrownBy(models::close)
        .hasMessage("a perception model could not be closed: third")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("first");
  }

  private static AutoCloseable broken(String name) {
    return () -> {
      throw new IllegalStateException(name);
    };
  }

  private final class Detector implements FaceDetector, AutoCloseable {
    @Override
    public List<Face> detect(RgbImage picture) {
      return List.of();
    }

    @Override
    public String protocol() {
      return "none";
    }

    @Override
    public void close() {
      closed.add("detector");
    }
  }

  private final class Embedder implements FaceEmbedder, AutoCloseable {
    @Override
    public Embedding embed(RgbImage picture, Face face) {
      return new Embedding("none", new float[] {1});
    }

    @Override
    public String protocol() {
      return "none";
    }

    @Override
    public void close() {
      closed.add("embedder");
    }
  }

  private final class Nudity implements NudityScore, AutoCloseable {
    @Override
    public double score(RgbImage picture) {
      return 0;
    }

    @Override
    public String protocol() {
      return "none";
    }

    @Override
    public void close() {
      closed.add("nudity");
    }
  }
}
