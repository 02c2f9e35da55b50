package dev.atelier.runtime.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields make which order, and what is said of others. */
class OrderFormTest {

  private static final long SEED = 42;

  @Test
  void whatARequestLeavesOpenIsTheModelsOwn() {
    assertThat(video("{'prompt': 'a ball'}"))
        .isEqualTo(new Order("a ball", "", 64, 48, 9, 8, 4, 5, SEED, 1));
  }

  @Test
  void everyFieldCounts() {
    assertThat(
            video(
                "{'prompt': 'a ball', 'negative_prompt': 'blurry', 'size': '320x176', 'num_frames': 21, 'fps': 24, 'num_inference_steps': 30, 'guidance_scale': 6.5, 'seed': 7, 'model': 'purple', 'user': 'ana', 'input_reference': null}"))
        .isEqualTo(new Order("a ball", "blurry", 320, 176, 21, 24, 30, 6.5, 7, 1));
  }

  @Test
  void picturesAreClipsOfOneFrame() {
    assertThat(
            image(
                "{'prompt': 'a ball', 'n': 3, 'response_format': 'b64_json', 'quality': 'auto', 'size': 'auto', 'stream': false}"))
        .isEqualTo(new Order("a ball", "", 64, 48, 1, 8, 4, 5, SEED, 3));
  }

  @ParameterizedTest(name = "{0} s at {1} per second are {2} frames, told as {3} s")
  @CsvSource({"'5',24,121,5", "1,8,9,1", "'4',16,65,4", "0.5,8,5,0.5", "2,25,49,1.92"})
  void secondsBecomeFramesAsTheOperatorMakesThem(
      String seconds, int pace, int frames, String told) {
    var order = video("{'prompt': 'a', 'seconds': %s, 'fps': %d}".formatted(seconds, pace));

    assertThat(order.frames()).isEqualTo(frames);
    assertThat(order.seconds()).isEqualTo(told);
  }

  @Test
  void aSizeIsThatOfWhatIsDelivered() {
    var enlarging = new Terms(128, 128, 9, 8, 4, 5, false, 4);
    var form = new OrderForm("purple", enlarging, () -> SEED);

    assertThat(form.video(fields("{'prompt': 'a', 'size': '256x128'}")).width()).isEqualTo(256);
    assertThat(refusal(() -> form.video(fields("{'prompt': 'a', 'size': '264x128'}"))))
        .hasMessageContaining("a multiple of 32 from 64");
  }

  @Test
  void aDistilledModelKeepsItsSteps() {
    var distilled = new Terms(64, 48, 9, 8, 3, 1, true, 1);
    var form = new OrderForm("purple", distilled, () -> SEED);

    assertThat(refusal(() -> form.video(fields("{'prompt': 'a', 'num_inference_steps': 20}"))))
        .hasMessageContaining("its own 3 steps");
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                  | prompt              | say what is to be seen
          {'prompt': ' '}                                     | prompt              | say what is to be seen
          {'prompt': 7}                                       | prompt              | must be a text
          {'prompt': 'LONG'}                                  | prompt              | has 1001 characters, at most 1000
          {'prompt': 'a', 'negative_prompt': 'LONG'}          | negative_prompt     | at most 1000
          {'prompt': 'a', 'model': 'green'}                   | model               | no model 'green' here; this is 'purple'
          {'prompt': 'a', 'size': 'large'}                    | size                | such as '64x48'
          {'prompt': 'a', 'size': '64X48'}                    | size                | width x height
          {'prompt': 'a', 'size': '65x48'}                    | size                | the width 65 must be a multiple of 8
          {'prompt': 'a', 'size': '64x0'}                     | size                | from 16 to 4096
          {'prompt': 'a', 'size': '64x8192'}                  | size                | the height 8192
          {'prompt': 'a', 'seconds': 'long'}                  | seconds             | a number from
          {'prompt': 'a', 'seconds': -1}                      | seconds             | a number from
          {'prompt': 'a', 'seconds': 0.1}                     | seconds             | are 1 frames, there must be 5
          {'prompt': 'a', 'seconds': 1000}                    | seconds             | 2000
          {'prompt': 'a', 'seconds': 1, 'num_frames': 9}      | num_frames          | leave one of them out
          {'prompt': 'a', 'num_frames': 10}                   | num_frames          | 9 or 13
          {'prompt': 'a', 'num_frames': 9.5}                  | num_frames          | a whole number
          {'prompt': 'a', 'num_frames': true}                 | num_frames          | a whole number
          {'prompt': 'a', 'fps': 0}                           | fps                 | from 1 to 120
          {'prompt': 'a', 'num_inference_steps': 0}           | num_inference_steps | from 1 to 1000
          {'prompt': 'a', 'num_inference_steps': 1001}        | num_inference_steps | from 1 to 1000
          {'prompt': 'a', 'guidance_scale': -1}               | guidance_scale      | a number from
          {'prompt': 'a', 'guidance_scale': 'NaN'}            | guidance_scale      | a number from
          {'prompt': 'a', 'seed': -1}                         | seed                | a whole number
          {'prompt': 'a', 'seed': 99999999999999999999}       | seed                | a whole number
          {'prompt': 'a', 'steps': 20}                        | steps               | use one of [fps, guidance_scale
          {'prompt': 'a', 'negativ_prompt': 'b'}              | negativ_prompt      | did you mean 'negative_prompt'
          {'prompt': 'a', 'n': 2}                             | n                   | there is no field 'n'
          """)
  void whatIsWrongWithAVideoIsSaidWithTheField(String json, String param, String message) {
    var problem = refusal(() -> video(json));

    assertThat(problem.body().error().param()).isEqualTo(param);
    assertThat(problem).hasMessageContaining(message);
    assertThat(problem.status()).isEqualTo(param.equals("model") ? 404 : 400);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'prompt': 'a', 'n': 11}                            | n                   | from 1 to 10
          {'prompt': 'a', 'n': 0}                             | n                   | from 1 to 10
          {'prompt': 'a', 'response_format': 'url'}           | response_format     | use b64_json
          {'prompt': 'a', 'seconds': 2}                       | seconds             | there is no field
          {'prompt': 'a', 'output_format': 'webp'}            | output_format       | use one of [png]
          {'prompt': 'a', 'background': 'transparent'}        | background          | cannot be done
          {'prompt': 'a', 'style': 'vivid'}                   | style               | cannot be done
          {'prompt': 'a', 'stream': true}                     | stream              | cannot be done
          """)
  void whatIsWrongWithAPictureIsSaidWithTheField(String json, String param, String message) {
    var problem = refusal(() -> image(json));

    assertThat(problem.body().error().param()).isEqualTo(param);
    assertThat(problem).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prompt': 'a', 'seconds': '1', 'fps': '8', 'seed': '3', 'guidance_scale': '2.5'}",
        "{'prompt': 'a', 'num_frames': '9', 'fps': 8, 'seed': 3, 'guidance_scale': 25e-1}"
      })
  void numbersMayBeTextsAsInForms(String json) {
    assertThat(video(json)).isEqualTo(new Order("a", "", 64, 48, 9, 8, 4, 2.5, 3, 1));
  }

  private static Order video(String json) {
    return new OrderForm("purple", FakeModel.TERMS, () -> SEED).video(fields(json));
  }

  private static Order image(String json) {
    return new OrderForm("purple", FakeModel.TERMS, () -> SEED).image(fields(json));
  }

  private static RequestProblem refusal(ThrowingCallable asking) {
    return catchThrowableOfType(RequestProblem.class, asking);
  }

  private static AskedFields fields(String json) {
    try {
      var text = json.replace('\'', '"').replace("LONG", "x".repeat(1001));
      var fields = new HashMap<String, JsonNode>();
      new ObjectMapper()
          .readTree(text)
          .fields()
          .forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
      return new AskedFields(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
