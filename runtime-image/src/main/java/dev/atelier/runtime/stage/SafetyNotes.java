package dev.atelier.runtime.stage;

import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import java.util.Optional;

/**
 * Tells the manifest of every picture or clip of a shelf that the output check blocked or marked.
 *
 * @param shelf directory of the shelf below the stage's own
 */
record SafetyNotes(StageFolder folder, String shelf) {

  void tell(PlannedPicture planned, Verdict verdict, Optional<PictureVerdict> judged) {
    judged
        .filter(one -> one.verdict() != OutputCheck.Verdict.PASS)
        .ifPresent(
            one ->
                folder.judged(
                    new Manifest.Judged(
                        shelf + "/" + planned.name(),
                        verdict.name(),
                        one.score(),
                        one.model(),
                        one.reason())));
  }
}
