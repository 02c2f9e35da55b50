package dev.atelier.runtime.sample;

import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.stage.PromptInput.Prompt;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pictures a pod draws. Picture n of a prompt has the seed {@code seed + n}, whoever draws it
 * and however often the pod is restarted.
 *
 * @param subject what {@code {subject}} stands for
 * @param perPrompt pictures of each prompt
 * @param seed of the first picture of a prompt
 */
public record PicturePlan(List<Prompt> prompts, String subject, int perPrompt, long seed) {

  /** Every picture. */
  public List<PlannedPicture> all() {
    return shard(0, 1);
  }

  /**
   * The pictures of one of several pods: those whose number over all prompts modulo shards is it.
   */
  public List<PlannedPicture> shard(int index, int shards) {
    var planned = new ArrayList<PlannedPicture>();
    int count = 0;
    for (var prompt : prompts) {
      for (int n = 0; n < perPrompt; n++) {
        if (count++ % shards == index) {
          planned.add(picture(prompt, n));
        }
      }
    }
    return planned;
  }

  /** The same pictures with another subject. */
  public PicturePlan of(String otherSubject) {
    return new PicturePlan(prompts, otherSubject, perPrompt, seed);
  }

  private PlannedPicture picture(Prompt prompt, int n) {
    return new PlannedPicture(
        Prompts.fileName(prompt),
        n,
        Prompts.filled(prompt.text(), subject),
        Prompts.filled(prompt.negative(), subject),
        seed + n);
  }
}
