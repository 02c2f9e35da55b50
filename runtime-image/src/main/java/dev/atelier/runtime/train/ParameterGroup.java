package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;
import java.util.SortedMap;

/**
 * Parameters that share a learning rate.
 *
 * @param parameters leaves that require gradients, by a name that is unique over all groups
 */
public record ParameterGroup(SortedMap<String, Tensor> parameters, LearningRate learningRate) {}
