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

  /** One prompt per class picture. */
  List<String> of(List<TrainingPhoto> photos) {
    var prompts = new ArrayList<String>();
    int next = 0;
    for (int picture = 0; picture < preservation.images(); picture++) {
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
