package dev.atelier.runtime.stage;

import dev.atelier.runtime.caption.CaptionRequest;
import dev.atelier.runtime.caption.ClipCaptions;
import dev.atelier.runtime.clip.ClipFinding;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipVerdict;
import dev.atelier.runtime.safety.LanguageAdvisory;

/** Captions a clip, or gives it the verdict that it has none that a model can learn from. */
public final class CaptionCheck {

  private final ClipCaptions captions;
  private final LanguageAdvisory language = LanguageAdvisory.shipped();

  /** With captions from one source. */
  public CaptionCheck(ClipCaptions captions) {
    this.captions = captions;
  }

  /** The clip with its caption; one that is not usable anyway is left as it is. */
  public ClipRecord captioned(ClipRecord clip, CaptionRequest request) {
    if (!clip.accepted() || clip.caption() != null) {
      return clip;
    }
    var caption = captions.of(request);
    if (caption.isEmpty()) {
      return clip.with(
          new ClipFinding(
              ClipVerdict.NoCaption,
              "nothing says what it shows: put a text file of the same name beside it, give the file a name in words, or set spec.dataset.captions"));
    }
    var text = caption.get();
    return language
        .of(text)
        .map(
            why ->
                clip.with(
                    new ClipFinding(
                        ClipVerdict.NotEnglish,
                        "its caption seems not to be English: '%s'; translate it".formatted(text))))
        .orElseGet(() -> clip.captioned(text));
  }
}
