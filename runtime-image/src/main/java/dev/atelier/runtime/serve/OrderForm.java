package dev.atelier.runtime.serve;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Makes orders of the fields of requests, or says which field is wrong and what to do. The bounds
 * are those of a GenerationJob.
 *
 * @param model name of the served model
 * @param terms what requests leave open
 * @param seeds drawn where a request names none
 */
record OrderForm(String model, Terms terms, LongSupplier seeds) {

  /** The field that a clip's first frame comes in. */
  static final String REFERENCE = "input_reference";

  private static final Set<String> BOTH =
      Set.of(
          "prompt",
          "model",
          "size",
          "negative_prompt",
          "seed",
          "guidance_scale",
          "num_inference_steps");
  private static final Set<String> VIDEO = with(BOTH, "seconds", "num_frames", "fps", REFERENCE);
  private static final Set<String> IMAGE = with(BOTH, "n", "response_format");

  /** OpenAI's own, with the values that ask for nothing else than what is done anyway. */
  private static final Map<String, Set<String>> IGNORED_OF_VIDEO = Map.of("user", Set.of());

  private static final Map<String, Set<String>> IGNORED_OF_IMAGE =
      Map.of(
          "user", Set.of(),
          "quality", Set.of("auto", "standard", "medium"),
          "style", Set.of("natural"),
          "background", Set.of("auto", "opaque"),
          "moderation", Set.of("auto"),
          "output_format", Set.of("png"),
          "output_compression", Set.of("100"),
          "partial_images", Set.of("0"),
          "stream", Set.of("false"));

  private static final int LONGEST_TEXT = 1000;
  private static final int STEPS = 1000;
  private static final double GUIDANCE = 100;
  private static final int FRAMES = 2000;
  private static final int FRAMES_PER_SECOND = 120;
  private static final int PICTURES = 10;
  private static final int SMALLEST = 16;
  private static final int LARGEST = 4096;
  private static final int GRID = 8;
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

  private record Size(int width, int height) {}

  /** A clip. */
  Order video(AskedFields asked) {
    asked.requireKnown(VIDEO, IGNORED_OF_VIDEO);
    requireModel(asked);
    int pace =
        asked
            .integer("fps", 1, FRAMES_PER_SECOND)
            .orElse((long) terms.framesPerSecond())
            .intValue();
    return order(asked, frames(asked, pace), pace, 1);
  }

  /** Pictures: clips of one frame. */
  Order image(AskedFields asked) {
    asked.requireKnown(IMAGE, IGNORED_OF_IMAGE);
    requireModel(asked);
    asked
        .text("response_format", LONGEST_TEXT)
        .filter(format -> !format.equals("b64_json"))
        .ifPresent(
            format -> {
              throw RequestProblem.of(
                  "response_format",
                  "response_format '%s' is not offered: pictures are not kept at an address; use b64_json"
                      .formatted(format));
            });
    int count = asked.integer("n", 1, PICTURES).orElse(1L).intValue();
    return order(asked, 1, terms.framesPerSecond(), count);
  }

  private Order order(AskedFields asked, int frames, int pace, int count) {
    var size = size(asked);
    if (terms.distilled() && asked.has("num_inference_steps")) {
      throw RequestProblem.of(
          "num_inference_steps",
          "this model was distilled to its own %d steps; leave num_inference_steps out"
              .formatted(terms.steps()));
    }
    return new Order(
        prompt(asked),
        asked.text("negative_prompt", LONGEST_TEXT).orElse(""),
        size.width(),
        size.height(),
        frames,
        pace,
        asked.integer("num_inference_steps", 1, STEPS).orElse((long) terms.steps()).intValue(),
        asked.decimal("guidance_scale", 0, GUIDANCE).orElse(terms.guidanceScale()),
        asked.integer("seed", 0, Integer.MAX_VALUE).orElseGet(seeds::getAsLong),
        count);
  }

  private void requireModel(AskedFields asked) {
    asked
        .text("model", LONGEST_TEXT)
        .filter(other -> !other.equals(model))
        .ifPresent(
            other -> {
              throw unknownModel(other);
            });
  }

  /** That another model is served here. */
  RequestProblem unknownModel(String other) {
    return RequestProblem.notFound(
        "model",
        "model_not_found",
        "there is no model '%s' here; this is '%s'".formatted(other, model));
  }

  private static String prompt(AskedFields asked) {
    var prompt = asked.text("prompt", LONGEST_TEXT).orElse("");
    if (prompt.isBlank()) {
      throw RequestProblem.of("prompt", "prompt is missing; say what is to be seen");
    }
    return prompt;
  }

  private Size size(AskedFields asked) {
    var text = asked.text("size", LONGEST_TEXT).filter(size -> !size.equals("auto"));
    if (text.isEmpty()) {
      return new Size(terms.width(), terms.height());
    }
    var matched = SIZE.matcher(text.get());
    if (!matched.matches()) {
      throw RequestProblem.of(
          "size",
          "size is '%s', it must be width x height in pixels, such as '%dx%d'"
              .formatted(text.get(), terms.width(), terms.height()));
    }
    return new Size(edge("width", matched.group(1)), edge("height", matched.group(2)));
  }

  /** Of what is delivered; the rules are those of what is drawn. */
  private int edge(String name, String digits) {
    int given = Integer.parseInt(digits);
    int factor = terms.enlargement();
    int drawn = given / factor;
    if (given % (GRID * factor) != 0 || drawn < SMALLEST || drawn > LARGEST) {
      throw RequestProblem.of(
          "size",
          "size: the %s %d must be a multiple of %d from %d to %d"
              .formatted(name, given, GRID * factor, SMALLEST * factor, LARGEST * factor));
    }
    return given;
  }

  private int frames(AskedFields asked, int pace) {
    if (asked.has("seconds") && asked.has("num_frames")) {
      throw RequestProblem.of(
          "num_frames", "seconds and num_frames both say how long; leave one of them out");
    }
    var seconds = asked.decimal("seconds", 0, FRAMES);
    if (seconds.isPresent()) {
      // 4k + 1 frames, with the last moment in them: 121 for five seconds at 24 per second.
      int frames = (int) (seconds.get() * pace) / 4 * 4 + 1;
      if (frames < 5 || frames > FRAMES) {
        throw RequestProblem.of(
            "seconds",
            "seconds %s at %d per second are %d frames, there must be 5 to %d"
                .formatted(seconds.get(), pace, frames, FRAMES));
      }
      return frames;
    }
    int frames = asked.integer("num_frames", 1, FRAMES).orElse((long) terms.frames()).intValue();
    if (frames % 4 != 1) {
      throw RequestProblem.of(
          "num_frames",
          "num_frames %d must be 4k + 1, as the model makes four frames of one: %d or %d"
              .formatted(frames, frames / 4 * 4 + 1, (frames / 4 + 1) * 4 + 1));
    }
    return frames;
  }

  private static Set<String> with(Set<String> names, String... more) {
    var all = new TreeSet<>(names);
    all.addAll(Set.of(more));
    return all;
  }
}
