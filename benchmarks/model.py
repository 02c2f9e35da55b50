"""Models with random weights, saved as diffusers saves them, and inputs for them.

A Stable Diffusion 1.5, two denoisers of Wan and Wan 2.1's autoencoder.
"""

import pathlib
import shutil

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLWan,
    DDIMScheduler,
    UNet2DConditionModel,
    WanTransformer3DModel,
)
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

# Channels per level of the UNet, of the autoencoder, and the text encoder's layers.
SIZES = {
    "small": ((64, 128, 256, 256), (32, 64, 128, 128), 2),
    "full": ((320, 640, 1280, 1280), (128, 256, 512, 512), 12),
}
LATENTS = 64
TEXT = 768
# Heads, their width, the feed-forward width, layers, the texts' width and tokens, and the latents'
# batch, frames and edge: two blocks of Wan 2.1 1.3B; the model of samples/video.
VIDEO = {
    "block": (12, 128, 8960, 2, 4096, 512, (1, 5, 32)),
    "tiny": (6, 32, 768, 6, 64, 16, (16, 9, 4)),
}
VIDEO_CHANNELS = 16


def make(folder: pathlib.Path, size: str, tokenizer: pathlib.Path) -> None:
    """Writes the folder unless it is there; the last file is the inputs."""
    if (folder / "inputs.safetensors").exists():
        return
    torch.manual_seed(0)
    unet, autoencoder, layers = SIZES[size]
    UNet2DConditionModel(
        sample_size=LATENTS,
        block_out_channels=unet,
        cross_attention_dim=TEXT,
        attention_head_dim=8,
    ).save_pretrained(folder / "unet")
    AutoencoderKL(
        block_out_channels=autoencoder,
        layers_per_block=2,
        down_block_types=["DownEncoderBlock2D"] * 4,
        up_block_types=["UpDecoderBlock2D"] * 4,
        sample_size=8 * LATENTS,
    ).save_pretrained(folder / "vae")
    CLIPTextModel(
        CLIPTextConfig(
            vocab_size=49408,
            hidden_size=TEXT,
            intermediate_size=4 * TEXT,
            num_hidden_layers=layers,
            num_attention_heads=12,
        )
    ).save_pretrained(folder / "text_encoder")
    DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
    ).save_pretrained(folder / "scheduler")
    shutil.copytree(
        tokenizer, folder / "tokenizer", ignore=shutil.ignore_patterns("*.safetensors", "case.json")
    )
    (folder / "model_index.json").write_text(
        '{"_class_name": "StableDiffusionPipeline", "requires_safety_checker": false}\n'
    )
    save_file(
        {
            "latents": torch.randn(2, 4, LATENTS, LATENTS),
            "noise": torch.randn(2, 4, LATENTS, LATENTS),
            "states": torch.randn(2, 77, TEXT),
        },
        folder / "inputs.safetensors",
    )


def make_video(folder: pathlib.Path) -> None:
    """Writes the parts of the video works unless they are there; the last file is the inputs."""
    if (folder / "inputs.safetensors").exists():
        return
    torch.manual_seed(0)
    inputs = {}
    for name, (heads, width, wide, layers, text, words, (batch, frames, edge)) in VIDEO.items():
        WanTransformer3DModel(
            num_attention_heads=heads,
            attention_head_dim=width,
            ffn_dim=wide,
            num_layers=layers,
            text_dim=text,
        ).save_pretrained(folder / name)
        inputs[name + ".latents"] = torch.randn(batch, VIDEO_CHANNELS, frames, edge, edge)
        inputs[name + ".text"] = torch.randn(batch, words, text)
    AutoencoderKLWan().save_pretrained(folder / "vae")
    # 17 frames of 128 x 128
    inputs["vae.latents"] = torch.randn(1, VIDEO_CHANNELS, 5, 16, 16)
    save_file(inputs, folder / "inputs.safetensors")
