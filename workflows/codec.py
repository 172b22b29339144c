"""Encryption of what Temporal stores: AES-256-GCM with a keyring; old keys still decrypt after a rotation."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

_ENCODING: Final = b"binary/selter-aes256gcm"
_KEY_ID: Final = "key-id"
_NONCE_BYTES: Final = 12


class UnknownKeyError(ValueError):
    """A payload was encrypted with a key that is not in the keyring."""


class EncryptionCodec(PayloadCodec):
    """Encrypts with the keyring's first key. `keys` maps key ids to 32 bytes each."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(keys))

    async def encode(self, payloads: Iterable[Payload]) -> list[Payload]:
        """Each payload, whole, under the current key and a nonce of its own."""
        return [self._encrypted(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads as they were; one that was never encrypted stays as it is.

        Raises:
            UnknownKeyError: the key has been taken out of the keyring.
        """
        return [self._decrypted(payload) for payload in payloads]

    def _encrypted(self, payload: Payload) -> Payload:
        nonce = os.urandom(_NONCE_BYTES)
        key_id = self._current.encode()
        sealed = self._ciphers[self._current].encrypt(nonce, payload.SerializeToString(), key_id)
        return Payload(metadata={"encoding": _ENCODING, _KEY_ID: key_id}, data=nonce + sealed)

    def _decrypted(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != _ENCODING:
            return payload
        key_id = payload.metadata[_KEY_ID].decode()
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnknownKeyError(f"no key {key_id} in the keyring")
        nonce, sealed = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        return Payload.FromString(cipher.decrypt(nonce, sealed, key_id.encode()))
