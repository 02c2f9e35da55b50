package dev.atelier.runtime.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.photo.PhotoReport;
import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.photo.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IntakeSheetTest {

  @Test
  void everyPhotoStandsThereWithItsVerdict() {
    var used = photo("good", Verdict.Accepted, "", true);
    var spare = photo("also_good", Verdict.Accepted, "", false);
    var refused =
        Arrays.stream(Verdict.values())
            .filter(verdict -> verdict != Verdict.Accepted)
            .map(verdict -> photo(verdict.name(), verdict, "do " + verdict, false));
    var photos =
        Stream.concat(Stream.of(used, spare), refused)
            .map(photo -> new IntakeSheet.Shown(photo, Optional.empty(), Optional.empty()))
            .toList();

    var sheet = IntakeSheet.of("ana", photos, VarietyReport.of(new PhotoReport(List.of())));

    var cells = sheet.rows().stream().flatMap(row -> row.cells().stream()).toList();
    assertThat(cells).hasSize(Verdict.values().length + 1);
    assertThat(cells.get(0).title()).isEqualTo("Used");
    assertThat(cells.get(0).note()).isEqualTo("good");
    assertThat(cells.get(1).title()).isEqualTo("Spare");
    assertThat(cells).extracting(Sheet.Cell::title).contains("Several faces", "Too dark", "Unsafe");
    assertThat(cells)
        .filteredOn(cell -> cell.title().equals("Blurred"))
        .extracting(Sheet.Cell::note)
        .containsExactly("Blurred: do Blurred");
  }

  private static PhotoVerdict photo(String name, Verdict verdict, String advice, boolean used) {
    return new PhotoVerdict(name, name + ".jpg", verdict, advice, used, null);
  }
}
