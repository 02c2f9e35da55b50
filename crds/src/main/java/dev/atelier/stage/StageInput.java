package dev.atelier.stage;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What one stage has to do; the {@code type} field of the YAML names which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IntakeInput.class, name = "Intake"),
  @JsonSubTypes.Type(value = PrepareVideoInput.class, name = "PrepareVideo"),
  @JsonSubTypes.Type(value = TrainVideoInput.class, name = "TrainVideo"),
  @JsonSubTypes.Type(value = EvaluateVideoInput.class, name = "EvaluateVideo"),
  @JsonSubTypes.Type(value = TrainInput.class, name = "Train"),
  @JsonSubTypes.Type(value = EvaluateInput.class, name = "Evaluate"),
  @JsonSubTypes.Type(value = SampleInput.class, name = "Sample"),
  @JsonSubTypes.Type(value = SampleVideoInput.class, name = "SampleVideo"),
  @JsonSubTypes.Type(value = ServeInput.class, name = "Serve"),
  @JsonSubTypes.Type(value = EraseInput.class, name = "Erase")
})
public sealed interface StageInput
    permits IntakeInput,
        PrepareVideoInput,
        TrainInput,
        TrainVideoInput,
        EvaluateInput,
        EvaluateVideoInput,
        SampleInput,
        SampleVideoInput,
        ServeInput,
        EraseInput {

  /** The stage that reads this input. */
  Stage stage();
}
