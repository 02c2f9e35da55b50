"""The Python side: for each line of standard input does that work once and says how long it took.

The answer is a line "= WORK SECONDS CHECK", where CHECK is the mean absolute value of the result.
"""

import os
import pathlib
import sys
import time

import torch
from safetensors.torch import load_file

torch.set_num_threads(os.cpu_count() or 1)
torch.set_grad_enabled(False)

RANK = 16
PROMPT = "a photo of a red cat, 8k"
NEGATIVE = "blurry, low quality"


class Peer:
    def __init__(self, folder: pathlib.Path, device: str, precision: torch.dtype):
        self.folder = folder
        self.device = device
        self.precision = precision
        self.inputs = self.read(folder / "inputs.safetensors")
        self.parts = {}
        self.training = {}

    def read(self, file):
        return {name: value.to(self.device) for name, value in load_file(file).items()}

    def place(self, model, precision=torch.float32):
        """As this runtime has it: text encoders and autoencoders in float32."""
        return model.eval().to(self.device, precision)

    def part(self, name, make):
        if name not in self.parts:
            self.parts[name] = make()
        return self.parts[name]

    def load_unet(self):
        from diffusers import UNet2DConditionModel

        return UNet2DConditionModel.from_pretrained(self.folder / "unet")

    def unet(self, precision=None):
        return self.part("unet", lambda: self.place(self.load_unet(), precision or self.precision))

    def autoencoder(self):
        from diffusers import AutoencoderKL

        return self.part(
            "vae", lambda: self.place(AutoencoderKL.from_pretrained(self.folder / "vae"))
        )

    def pipeline(self):
        from diffusers import DDIMScheduler, StableDiffusionPipeline
        from transformers import CLIPTextModel, CLIPTokenizer

        def make():
            pipeline = StableDiffusionPipeline(
                vae=self.autoencoder(),
                # Its states come in the text encoder's precision.
                text_encoder=self.place(
                    CLIPTextModel.from_pretrained(self.folder / "text_encoder"), self.precision
                ),
                tokenizer=CLIPTokenizer.from_pretrained(self.folder / "tokenizer"),
                unet=self.unet(),
                scheduler=DDIMScheduler.from_pretrained(self.folder / "scheduler"),
                safety_checker=None,
                feature_extractor=None,
                requires_safety_checker=False,
            )
            pipeline.set_progress_bar_config(disable=True)
            return pipeline

        return self.part("pipeline", make)

    def forward(self, batch):
        latents = self.inputs["latents"][:batch].to(self.precision)
        states = self.inputs["states"][:batch].to(self.precision)
        times = torch.full((batch,), 500, device=self.device)
        return self.unet()(latents, times, encoder_hidden_states=states).sample

    def image(self):
        pipeline = self.pipeline()
        latents = pipeline(
            PROMPT,
            negative_prompt=NEGATIVE,
            num_inference_steps=4,
            guidance_scale=7.5,
            latents=self.inputs["latents"][:1].to(self.precision),
            output_type="latent",
        ).images
        latents = latents.float() / pipeline.vae.config.scaling_factor
        return (pipeline.vae.decode(latents).sample / 2 + 0.5).clamp(0, 1)

    def train(self, method):
        from diffusers import DDPMScheduler

        unet = self.unet(torch.float32)
        if method not in self.training:
            if method == "lora":
                from peft import LoraConfig

                unet.requires_grad_(False)
                targets = ["to_q", "to_k", "to_v", "to_out.0"]
                unet.add_adapter(LoraConfig(r=RANK, lora_alpha=RANK, target_modules=targets))
            else:
                unet.requires_grad_(True)
            trained = [p for p in unet.parameters() if p.requires_grad]
            noising = DDPMScheduler(
                beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"
            )
            optimizer = torch.optim.AdamW(trained, lr=1e-6, weight_decay=1e-2)
            self.training[method] = (trained, optimizer, noising)
        trained, optimizer, noising = self.training[method]
        batch = 1 if method == "lora" else 2
        latents, noise = self.inputs["latents"][:batch], self.inputs["noise"][:batch]
        times = torch.full((batch,), 500, device=self.device)
        with torch.enable_grad():
            noisy = noising.add_noise(latents, noise, times)
            states = self.inputs["states"][:batch]
            with torch.autocast(self.device, self.precision, self.precision != torch.float32):
                predicted = unet(noisy, times, encoder_hidden_states=states).sample
            losses = (predicted.float() - noise).square().mean(dim=(1, 2, 3))
            loss = losses.sum()  # the subject's and, of DreamBooth, the class's, of weight one
            loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        return loss.detach()

    def video(self, work):
        from diffusers import AutoencoderKLWan, WanTransformer3DModel

        folder = self.folder.parent / "video"
        inputs = self.part("video", lambda: self.read(folder / "inputs.safetensors"))
        name = work.removeprefix("wan-")
        kind = AutoencoderKLWan if name == "vae" else WanTransformer3DModel
        precision = torch.float32 if name == "vae" else self.precision
        model = self.part(work, lambda: self.place(kind.from_pretrained(folder / name), precision))
        latents = inputs[name + ".latents"].to(precision)
        if name == "vae":
            return model.decode(latents).sample
        times = torch.full((latents.shape[0],), 500, device=self.device)
        return model(latents, times, inputs[name + ".text"].to(precision)).sample

    def run(self, work):
        if work.startswith("wan-"):
            return self.video(work)
        if work == "unet1":
            return self.forward(1)
        if work == "unet2":
            return self.forward(2)
        if work == "vae":
            return self.autoencoder().decode(self.inputs["latents"][:1]).sample
        if work in ("pipeline", "image"):
            return self.image()
        if work == "load":
            unet = self.place(self.load_unet())
            # from_pretrained only maps the file; ours reads each value, to refuse damaged ones.
            for parameter in unet.parameters():
                parameter.sum().item()
            return unet.conv_in.weight
        if work in ("lora", "dreambooth"):
            return self.train(work)
        raise SystemExit(f"unknown work {work}")


def peak():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return 0


def main():
    peer = Peer(pathlib.Path(sys.argv[1]), sys.argv[2], getattr(torch, sys.argv[3].lower()))
    for line in sys.stdin:
        work = line.strip()
        if work == "peak":
            print("= peak", peak(), 0, flush=True)
            continue
        start = time.perf_counter()
        result = peer.run(work)
        # A GPU works on after the call; asking for the value waits for it.
        check = float(result.float().abs().mean())
        seconds = time.perf_counter() - start
        print("=", work, seconds, check, flush=True)


main()
