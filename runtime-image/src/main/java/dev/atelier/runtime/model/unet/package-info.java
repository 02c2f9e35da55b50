/** The denoiser UNet2DConditionModel of Stable Diffusion 1.5, 2.1 and XL. */
@NullMarked
package dev.atelier.runtime.model.unet;

import org.jspecify.annotations.NullMarked;
