/**
 * Tensors, automatic differentiation, seeded random numbers and safetensors files: the only package
 * that knows DJL.
 *
 * <p>How to use it:
 *
 * <pre>{@code
 * try (Torch torch = Torch.start()) {
 *   Tensor weight = Scope.release(torch.zeros(4, 4));   // outlives the scopes below
 *   weight.requireGradient(true);
 *   for (int step = 0; step < steps; step++) {
 *     try (Scope scope = Scope.open()) {                 // frees all that the step makes
 *       Tensor loss;
 *       try (var mode = Autograd.recording()) {          // off unless asked for, per thread
 *         loss = Ops.meanSquaredError(Ops.linear(x, weight, Optional.empty()), y);
 *         Autograd.backward(loss);
 *       }
 *       optimizer.step(List.of(weight.gradient().orElseThrow()), 1e-3);
 *       Autograd.zeroGradient(weight);                   // gradients accumulate until then
 *     }
 *   }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>A tensor made outside any scope lives until it is closed or the engine is.
 *   <li>{@link dev.atelier.runtime.tensor.Scope#keep} hands a result to the scope around.
 *   <li>While recording, intermediate tensors may be freed by an inner scope: the graph keeps what
 *       the backward pass needs.
 *   <li>In-place changes of a parameter are allowed only while recording is off.
 *   <li>Gradient checkpointing: forward with recording off, keep the inputs; on the way back mark
 *       the input with {@code requireGradient(true)}, recompute with recording on, {@code
 *       Autograd.backward(output, gradient)}, take {@code input.gradient()}.
 * </ul>
 */
@NullMarked
package dev.atelier.runtime.tensor;

import org.jspecify.annotations.NullMarked;
