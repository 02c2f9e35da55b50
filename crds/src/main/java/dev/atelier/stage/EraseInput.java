package dev.atelier.stage;

import java.util.List;

/**
 * Delete everything below the prefixes, list to verify that nothing is left, write a receipt.
 *
 * @param prefixes directories below the store's root, without slashes at their ends
 * @param receipt path of the receipt below the store's root
 * @param reason why: {@code Deleted}, {@code ConsentExpired} or {@code PhotosAfterTraining}
 */
public record EraseInput(List<String> prefixes, String receipt, String reason)
    implements StageInput {

  @Override
  public Stage stage() {
    return Stage.ERASE;
  }
}
