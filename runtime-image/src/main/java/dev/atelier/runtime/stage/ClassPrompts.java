package dev.atelier.runtime.stage;

import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainingInput;
import java.util.ArrayList;
import java.util.List;

/**
 * What the class pictures show. A prompt of the user's own is used for all of them. The default, "a
 * photo of a woman", keeps only itself what it was: a woman in a red coat would become the subject,
 * since every caption that names clothes is hers. So it takes turns with the photos' captions
 * without the token.
 */
record ClassPrompts(Subject subject, TrainingInput.PriorPreservation preservation) {

  /** Every fourth picture is of the class alone. */
  private static final int TURN = 4;

  /** How many class pictures there are in all. */
  int images() {
    return preservation.images();
  }

  /** One prompt for each of so many class pictures beside these photos. */
  List<String> of(List<TrainingPhoto> photos, int images) {
    var prompts = new ArrayList<String>();
    int next = 0;
    for (int picture = 0; picture < images; picture++) {
      boolean alone = isOwn() || picture % TURN == 0;
      prompts.add(
          alone
              ? preservation.prompt()
              : withoutToken(photos.get(next++ % photos.size()).caption()));
    }
    return prompts;
  }

  private boolean isOwn() {
    return !preservation.prompt().equals("a photo of a " + subject.className());
  }

  private String withoutToken(String caption) {
    return caption
        .replace(subject.phrase(), subject.className())
        .replace(subject.token(), subject.className());
  }
}
