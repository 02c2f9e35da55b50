package dev.atelier.runtime.model.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.AutoencoderKL;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TilesTest {
  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();

  @Test
  void aNetworkThatOnlyLooksAtItsPlaceGivesTheWholeAgain() {
    Tensor map = noise(2, 3, 21, 34);

    Tensor tiled =
        new Tiles(8, 16)
            .apply(map, tile -> Ops.upsampleNearest(tile, 2 * tile.size(2), 2 * tile.size(3)));

    assertThat(tiled.shape()).containsExactly(2, 3, 42, 68);
    assertThat(tiled.toFloats())
        .containsExactly(Ops.upsampleNearest(map, 42, 68).toFloats(), Offset.offset(1e-6f));
  }

  @Test
  void noTileIsLargerThanASquareAndEachFadesInOverTheOneBefore() {
    var sizes = new ArrayList<List<Long>>();
    int[] calls = {0};

    Tensor tiled =
        new Tiles(8, 8)
            .apply(
                torch.ones(1, 1, 8, 14),
                tile -> {
                  sizes.add(List.of(tile.size(2), tile.size(3)));
                  return tile.mul(calls[0]++);
                });

    assertThat(sizes)
        .containsExactly(
            List.of(8L, 8L),
            List.of(8L, 8L),
            List.of(8L, 2L),
            List.of(2L, 8L),
            List.of(2L, 8L),
            List.of(2L, 2L));
    // The second tile starts at column 6 and fades in over two columns; the third at 12.
    assertThat(tiled.narrow(2, 0, 1).toFloats())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, .5f, 1, 1, 1, 1, 1, 1.5f);
  }

  @Test
  void aPictureOfTheSizeOfTrainingIsNotCut() {
    try (var autoencoder = autoencoder()) {
      Tensor latents = noise(1, 4, side(autoencoder), side(autoencoder));
      float[] whole = autoencoder.decode(latents).toFloats();

      autoencoder.useTilesAbove(0);

      assertThat(autoencoder.decode(latents).toFloats()).isEqualTo(whole);
    }
  }

  @Test
  void tilesAreThoseOfDiffusers() {
    try (var autoencoder = autoencoder()) {
      autoencoder.useTilesAbove(0);
      var expected = SafeTensorsFile.readAll(torch, resource("/tiles/autoencoder_kl.safetensors"));
      Tensor decoded = Objects.requireNonNull(expected.get("decoded"));

      assertThat(autoencoder.decode(Objects.requireNonNull(expected.get("latents"))).toFloats())
          .containsExactly(decoded.toFloats(), Offset.offset(1e-4f));
      assertThat(autoencoder.encode(decoded.clamp(-1, 1)).mode().toFloats())
          .containsExactly(
              Objects.requireNonNull(expected.get("encoded")).toFloats(), Offset.offset(1e-4f));
    }
  }

  @Test
  void onlyPicturesOfMoreThan1024x1024PixelsAreCutByThemselves() {
    try (var autoencoder = autoencoder()) {
      int side = side(autoencoder);
      Tensor megapixel = noise(1, 4, 64, 256);
      Tensor larger = noise(1, 4, 72, 256);

      assertThat(autoencoder.tileEdge(1024, 1024)).isEmpty();
      assertThat(autoencoder.tileEdge(1024, 1032)).hasValue(autoencoder.config().sampleSize());
      float[] whole = autoencoder.decode(megapixel).toFloats();
      Tensor tiled = autoencoder.decode(larger);

      int kept = autoencoder.config().sampleSize() * 3 / 4;
      Tensor first = larger.narrow(2, 0, side).narrow(3, 0, side);
      assertThat(corner(tiled, kept)).isEqualTo(corner(autoencoder.decode(first), kept));
      autoencoder.useTilesAbove(Long.MAX_VALUE);
      assertThat(autoencoder.decode(megapixel).toFloats()).isEqualTo(whole);
    }
  }

  @Test
  void aLargerPictureComesOutAtItsSizeAndItsFirstTileIsThatTileAlone() {
    try (var autoencoder = autoencoder()) {
      int side = side(autoencoder);
      Tensor latents = noise(1, 4, 2L * side, 2L * side + 3);
      Tensor whole = autoencoder.decode(latents);
      Tensor encoded = autoencoder.encode(whole).mode();

      autoencoder.useTilesAbove(0);
      Tensor tiled = autoencoder.decode(latents);

      assertThat(tiled.shape()).isEqualTo(whole.shape());
      assertThat(autoencoder.encode(whole).mode().shape()).isEqualTo(encoded.shape());
      Tensor first = latents.narrow(2, 0, side).narrow(3, 0, side);
      int kept = autoencoder.config().sampleSize() * 3 / 4;
      assertThat(corner(tiled, kept)).isEqualTo(corner(autoencoder.decode(first), kept));
    }
  }

  private static float[] corner(Tensor map, int size) {
    return map.narrow(2, 0, size).narrow(3, 0, size).contiguous().toFloats();
  }

  private static int side(AutoencoderKL autoencoder) {
    return autoencoder.config().sampleSize() / autoencoder.compression();
  }

  private static Tensor noise(long... shape) {
    try (var generator = torch.generator(3)) {
      return generator.randn(shape);
    }
  }

  private static AutoencoderKL autoencoder() {
    return (AutoencoderKL)
        Autoencoder.load(torch, resource("/fixtures/models/autoencoder_kl"), Storage.MAPPED);
  }

  private static Path resource(String name) {
    var resource = TilesTest.class.getResource(name);
    return Path.of(URI.create(Objects.requireNonNull(resource, name).toString()));
  }
}
