"""What was erased is not in the file either."""

from __future__ import annotations

from os import listdir
from pathlib import Path

from persistence.embedded import open_embedded
from persistence.embedded_folder import RECORD

SECRET = "what keeps me awake at night"


async def test_what_was_removed_or_rewritten_cannot_be_read_in_the_file(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    await database.prepare()
    commitments = database.collection("commitments")
    for number in range(200):
        await commitments.insert({"_id": f"cmt_{number}", "personId": "per_1", "text": SECRET * 20})
    await commitments.update({"_id": "cmt_0"}, {"$set": {"text": "nothing"}})
    for number in range(1, 200):
        await commitments.delete({"_id": f"cmt_{number}"})
    await database.close()
    assert [each for each in listdir(tmp_path) if each.startswith(RECORD)] == [RECORD]
    assert SECRET.encode() not in (tmp_path / RECORD).read_bytes()
