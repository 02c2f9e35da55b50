package dev.atelier.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files are refused with what is wrong and where. */
class SafeTensorsFileTest {
  private static Torch torch;

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @BeforeEach
  void writeAFile() throws IOException {
    file = folder.resolve("model.safetensors");
    SafeTensorsWriter.write(
        file,
        Map.of("a", torch.ones(2, 3), "b", torch.full(0.5, 4).to(DType.FLOAT16)),
        Map.of("format", "pt"));
  }

  @Test
  void whatWasWrittenIsRead() {
    var read = SafeTensorsFile.readAll(torch, file);

    assertThat(read.get("a").toFloats()).containsExactly(1, 1, 1, 1, 1, 1);
    assertThat(read.get("b").dtype()).isEqualTo(DType.FLOAT16);
    assertThat(SafeTensorsFile.open(file).metadata()).containsEntry("format", "pt");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aClosedTensorGivesItsMemoryBackAtOnce() throws IOException {
    var tensor = Scope.release(SafeTensorsFile.open(file).map(torch, "a"));
    assertThat(mapped()).isEqualTo(1);

    tensor.close();
    tensor.close();

    assertThat(mapped()).isZero();
  }

  /** How often this process has the file in its memory. */
  private long mapped() throws IOException {
    try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.endsWith(file.toString())).count();
    }
  }

  /** More than several threads take at once, and not a multiple of it. */
  @Test
  void manyBfloat16AreWidenedAsTheEngineDoes() throws IOException {
    try (Scope scope = Scope.open();
        var generator = torch.generator(5)) {
      Tensor half = generator.randn(3, 300_007).to(DType.BFLOAT16);
      SafeTensorsWriter.write(file, Map.of("w", half), Map.of());

      assertThat(SafeTensorsFile.open(file).map(torch, "w").toFloats())
          .isEqualTo(half.to(DType.FLOAT32).toFloats());
    }
  }

  @Test
  void bfloat16IsWidenedExactly() throws IOException {
    SafeTensorsWriter.write(
        file,
        Map.of("w", torch.tensor(new float[] {1.5f, -3, 0, 0x1p100f}, 4).to(DType.BFLOAT16)),
        Map.of());

    assertThat(SafeTensorsFile.open(file).map(torch, "w").toFloats())
        .containsExactly(1.5f, -3, 0, 0x1p100f);
  }

  @Test
  void aFileThatEndsEarlySaysInWhichTensor() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

    assertRefused("is truncated: tensor b ends at byte", "Copy the file again");
  }

  @Test
  void aFileThatEndsInItsHeaderSaysSo() throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));

    assertRefused("ends within the header");
  }

  @Test
  void anEmptyFileSaysSo() throws IOException {
    Files.write(file, new byte[0]);

    assertRefused("ends within the header's length");
  }

  @Test
  void anAbsurdHeaderLengthIsNotAllocated() throws IOException {
    for (long length : new long[] {Long.MAX_VALUE, -1, 0, 100_000_001}) {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      Files.write(file, bytes);

      assertRefused("it asks for a header of %d bytes. Copy the file again.".formatted(length));
    }
  }

  @Test
  void everyFlippedBitOfTheHeaderIsRefusedOrReadsWithinTheFile() throws IOException {
    byte[] good = Files.readAllBytes(file);
    int header = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    for (int bit = 0; bit < 8 * (8 + header); bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      try (Scope scope = Scope.open()) {
        SafeTensorsFile.readAll(torch, file);
      } catch (WeightsException e) {
        assertThat(e).hasMessageContaining("model.safetensors");
      }
    }
  }

  @Test
  void aTensorThatDoesNotFillItsBytesIsNamed() throws IOException {
    write("{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8);

    assertRefused("tensor w of shape [3]", "cannot fill bytes 0 to 8");
  }

  @Test
  void aShapeThatOverflowsIsRefused() throws IOException {
    write(
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", 8);

    assertRefused("tensor w of shape [4294967296, 4294967296]");
  }

  @Test
  void anUnknownTypeIsNamed() throws IOException {
    write("{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", 8);

    assertRefused("tensor w has the unsupported type F8_E4M3");
  }

  @Test
  void somethingElseThanATensorIsRefused() throws IOException {
    write("{\"w\": 3}", 8);

    assertRefused("tensor w");
  }

  @Test
  void aModelWhoseWeightsAreNotNumbersIsNotLoaded() throws IOException {
    SafeTensorsWriter.write(file, Map.of("w", torch.full(Double.NaN, 2, 2)), Map.of());
    var weights = StoredWeights.open(torch, folder, "model", StoredWeights.Storage.MAPPED);

    assertThatThrownBy(() -> weights.take("w", 2, 2))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("tensor w holds values that are not finite numbers")
        .hasMessageContaining("Copy or train the file again");
  }

  private void write(String json, int data) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(header.length).put(header).array());
  }

  private void assertRefused(String... parts) {
    var refusal =
        assertThatThrownBy(() -> SafeTensorsFile.open(file))
            .isInstanceOf(WeightsException.class)
            .hasMessageContaining(file.toString());
    for (String part : parts) {
      refusal.hasMessageContaining(part);
    }
  }
}
