"""What two accounts of one student have done in a module, made into one: the further state, and the words of both."""

from __future__ import annotations

from collections.abc import Mapping

from core.course.model import ModuleProgress, ModuleStatus

ORDER = (ModuleStatus.NOT_STARTED, ModuleStatus.IN_PROGRESS, ModuleStatus.COMPLETED)


def merging(ours: ModuleProgress, theirs: ModuleProgress) -> ModuleProgress:
    """Ours, with what theirs adds: the further state, all ticks, the notes of both, and of each answer the newer one.

    Made again after a crash, it adds nothing more.
    """
    state = theirs if ORDER.index(theirs.status) > ORDER.index(ours.status) else ours
    older, newer = (ours, theirs) if _changed(theirs) > _changed(ours) else (theirs, ours)
    started = [each.started_at for each in (ours, theirs) if each.started_at]
    changed = [each.changed_at for each in (ours, theirs) if each.changed_at]
    return ours.model_copy(
        update={
            "status": state.status,
            "completed_at": state.completed_at,
            "ticked_items": tuple(dict.fromkeys((*ours.ticked_items, *theirs.ticked_items))),
            "notes": _joined(ours.notes, theirs.notes),
            "worksheet": _filled(older.worksheet, newer.worksheet),
            "started_at": min(started, default=None),
            "changed_at": max(changed, default=None),
        }
    )


def gives_way(ours: ModuleProgress, theirs: ModuleProgress) -> bool:
    """Whether both answered a question of the worksheet, and not alike: then one answer is kept aside."""
    both = ours.worksheet.keys() & theirs.worksheet.keys()
    return any(ours.worksheet[each] and theirs.worksheet[each] not in ("", ours.worksheet[each]) for each in both)


def _filled(older: Mapping[str, str], newer: Mapping[str, str]) -> dict[str, str]:
    return {**older, **{name: answer for name, answer in newer.items() if answer or name not in older}}


def _joined(ours: str | None, theirs: str | None) -> str | None:
    """The notes of both; those that are there already are not added again."""
    if not theirs or (ours and theirs in ours):
        return ours
    return f"{ours}\n\n{theirs}" if ours and ours not in theirs else theirs


def _changed(progress: ModuleProgress) -> float:
    return progress.changed_at.timestamp() if progress.changed_at else 0
