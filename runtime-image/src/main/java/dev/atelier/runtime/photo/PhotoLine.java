package dev.atelier.runtime.photo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A photo in the JSON of {@code ./atelier photos --output json}.
 *
 * @param advice what to do; empty for an accepted photo
 */
@JsonPropertyOrder({"name", "verdict", "measurements", "advice"})
record PhotoLine(String name, Verdict verdict, PhotoVerdict.Measured measurements, String advice) {

  static PhotoLine of(JudgedPhoto photo) {
    return new PhotoLine(
        photo.name(),
        photo.verdict(),
        PhotoVerdict.Measured.of(photo.measurements()),
        photo.advice());
  }
}
