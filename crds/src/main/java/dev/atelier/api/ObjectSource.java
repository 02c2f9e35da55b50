package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where input files lie: exactly one of the three. */
@ApiValue
@ValidationRule(
    value = "[has(self.s3), has(self.pvc), has(self.configMap)].filter(set, set).size() == 1",
    message = "set exactly one of s3, pvc or configMap")
public record ObjectSource(
    @JsonPropertyDescription("Objects below a prefix of an S3 bucket.") @Nullable S3Source s3,
    @JsonPropertyDescription("A directory of a PersistentVolumeClaim.") @Nullable PvcSource pvc,
    @JsonPropertyDescription(
            "A ConfigMap whose binary keys are the files; fits small sets only (1 MiB).")
        @Nullable ConfigMapSource configMap) {}
