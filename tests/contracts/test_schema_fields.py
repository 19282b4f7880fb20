"""The schema, restated: every field of it has exactly its name in the model of its collection, and is optional where it is there.

`?` marks what is optional and `[]` a list. What is kept besides is documented in the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.agents.agent import ROLES
from core.assets.model import AssetStatus
from core.contents import SHIPPED
from core.course.model import ModuleStatus
from core.course.steps import Step
from core.foundation.cells import Cells
from core.kpis.metrics import Metrics
from core.kpis.model import FIGURE, Snapshot
from core.people.model import Onboarding
from core.playbook.model import Status
from core.record import Kept
from core.roles import Role
from persistence.indexes import INDEXES
from persistence.models import MODELS
from tests.contracts.rules import fits
from tests.contracts.strict import RULES, fitting
from tests.students import NOON

SCHEMA: Mapping[str, str] = {
    "playbookPrompts": "step promptCode title description rocketTemplate requiredContext[] outputType",
    "courseModules": (
        "moduleNumber step title objective videoUrl? textContent? gridDefinition? checklistItems[]? worksheetUrl? "
        "exampleImageUrl? exampleText? implementationGuide?"
    ),
    "users": "name email? image? onboardingStatus?",  # the schema: e-mail and image are as an account has them
    "persons": "userId? name firstName? lastName? email? role? organizationId? avatarUrl? metadata?",
    "organizations": "name ownerId",
    "agents user_agent": "createdBy configuration? name description personality avatarUrl tools[]? lastActiveTime?",
    "agents system_agent": (
        "systemRole baseInstructions? configuration? name description personality avatarUrl tools[]? lastActiveTime?"
    ),
    "userFoundations": ("userId companyContext marketAwareness customerAvatar strategicBlueprintSummary? lastUpdatedAt"),
    "userPromptExecutions": (
        "userId promptCode elevateStep inputContextSnapshot aiRequestTimestamp aiResponse? aiResponseTimestamp? status "
        "refinedOutputAssetId?"
    ),
    "userGeneratedAssets": ("userId promptExecutionId? elevateStep assetType content channel? status createdAt lastUpdatedAt"),
    "userModuleProgress": "userId moduleId status completedAt? notes?",
    "userFunnelSnapshots": "userId snapshotDate timePeriod notes?",
    # The earlier chat schema, with the platform's ids that are added to it.
    "conversations": "title createdBy lastMessageTime platform workspaceOrGuildId channelId threadId organizationId",
    "conversationParticipants user": "kind userId conversationId addedAt status isRemoved organizationId",
    "conversationParticipants agent": "kind agentId conversationId addedAt status isRemoved organizationId",
    "conversationMessages participant": (
        "kind authorParticipantId content conversationId externalMessageId? createdAt mentions[]? metadata? organizationId"
    ),
    "conversationMessages system": "kind content conversationId meta? createdAt organizationId",
}
"""The fields of each collection, or of each kind of document where a collection has several."""

FIGURES = (
    "hook_AvgCTR gift_OptInRate gift_CPL attract_LeadsTotal engage_AssistedConversionRate sell_ConversionRate sell_AOV_Initial "
    "nurture_EmailConvRate nurture_RetargetingROAS convert_TotalSales convert_CPA upsell_TakeRate upsell_AOV_Final "
    "educate_RepeatPurchaseRate educate_CSAT_NPS share_ReviewRate grow_CLTV_Estimate overallROI"
)
"""Of `userFunnelSnapshots`, all optional."""

CELLS = {
    "companyContext": (
        "coreOffers uniqueMechanism valueProposition brandPillars brandVoiceAdjectives[] positioningPrice missionVision "
        "brandStoryPersonality"
    ),
    "marketAwareness": "competitors[] differentiation marketTrends channelAnalysis",
    "customerAvatar": "profileSummary pains[] fears[] goals[] dreams[] needs[] wateringHoles",
}
"""Of `userFoundations`, all optional."""

NAMED_INDEXES = {
    "playbookPrompts": {"by_step": "step"},
    "courseModules": {"by_moduleNumber": "moduleNumber"},
    "users": {"by_email": "email"},
    "persons": {"by_userId": "userId", "by_email": "email", "by_organization": "organizationId"},
    "organizations": {"by_owner": "ownerId"},
    "agents": {"by_creator": "createdBy kind", "by_systemRole": "systemRole kind"},
    "userFoundations": {"by_userId": "userId"},
    "userPromptExecutions": {"by_user_step": "userId elevateStep"},
    "userGeneratedAssets": {"by_user_step": "userId elevateStep"},
    "userModuleProgress": {"by_user_module": "userId moduleId"},
    "userFunnelSnapshots": {"by_user_date": "userId snapshotDate"},
}
ONE_EACH = {
    "courseModules": "by_moduleNumber",
    "userFoundations": "by_userId",
    "userModuleProgress": "by_user_module",
    "agents": "by_systemRole",
}
"""Indexes of the schema whose meaning is unique, as far as the schema's fields say."""

STEPS = {"Foundation", "Hook", "Gift", "Identify", "Engage", "Sell", "Nurture", "Upsell", "Educate", "Share"}
WORDS: Mapping[tuple[str, str], set[str]] = {
    ("onboardingStatus", "users"): {"Not Started", "Foundation Complete", "Course Complete"},
    ("role", "persons"): {"Student", "Admin", "Team Member", "Prospect Contact"},
    ("step", "courseModules"): STEPS,
    ("status", "userPromptExecutions"): {"Pending", "Success", "Error"},
    ("status", "userGeneratedAssets"): {"Draft", "Implemented", "Archived"},
    ("elevateStep", "userGeneratedAssets"): STEPS,
    ("status", "userModuleProgress"): {"Not Started", "In Progress", "Completed"},
}

STRICTER = {
    ("persons", "userId"): "whoever writes to the bot has an account from the first message",
    ("persons", "organizationId"): "and is met in a workspace, a guild or a terminal",
}
"""What the schema lets be missing and ours does not, and why: documents of others without them are refused."""


def models() -> Iterator[tuple[str, type[Kept]]]:
    """Each collection's model; of a union each of its models, under the collection's name and the kind."""
    for name, model in MODELS.items():
        kinds: tuple[Any, ...] = (model,)
        if get_origin(model) is Annotated:
            kinds = get_args(get_args(model)[0])
        for each in kinds:
            assert isinstance(each, type)
            assert issubclass(each, Kept)
            yield (name if len(kinds) == 1 else f"{name} {each.model_fields['kind'].default}"), each


BY_NAME = dict(models())


def kept_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The model's fields, by their names in the record."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


@pytest.mark.parametrize("name", SCHEMA)
def test_every_field_of_the_schema_has_its_name_and_is_optional_where_it_is_there(name: str) -> None:
    ours = kept_fields(BY_NAME[name])
    for written in SCHEMA[name].split():
        field = written.removesuffix("?").removesuffix("[]")
        assert field in ours, f"{name} has no {field}"
        info = ours[field]
        if written.endswith("?"):
            assert info.is_required() == ((name, field) in STRICTER), f"{name}.{field} may be missing"
        else:
            assert info.is_required() or info.default is not None, f"{name}.{field} must be there"
        assert ("[]" in written) == (get_origin(info.annotation) is tuple), f"{name}.{field}: a list or not"


def test_the_schema_and_ours_are_all_that_there_is() -> None:
    assert {name.partition(" ")[0] for name in SCHEMA} <= set(MODELS)
    assert {name for name in BY_NAME if " " in name} == {name for name in SCHEMA if " " in name}
    assert {name for name, _ in STRICTER} <= set(SCHEMA)


def test_figures_stand_at_the_top_of_a_snapshot_by_the_schemas_names() -> None:
    figures = dict.fromkeys(FIGURES.split(), 1.5)
    assert figures.keys() <= Metrics().by_field.keys()
    whole = fitting("userFunnelSnapshots", _id="snp_1", snapshotDate=NOON, createdAt=NOON, **figures)
    assert Snapshot.of(whole).figures == figures
    document = Snapshot.of(whole).document()
    assert {name: document[name] for name in figures} == figures
    assert "figures" not in document
    for name in figures:
        assert not fits(RULES["userFunnelSnapshots"], {**whole, name: "2.5 %"}), name
    assert set(filter(re.compile(FIGURE).search, kept_fields(Snapshot))) == set()


@pytest.mark.parametrize("grid", CELLS)
def test_the_foundations_cells_have_the_schemas_names(grid: str) -> None:
    cells = Cells(SHIPPED).by_field
    for written in CELLS[grid].split():
        cell = cells[f"{grid}.{written.removesuffix('[]')}"]
        assert (cell.kind != "text") == written.endswith("[]"), cell.field
    rivals = {each.part for each in Cells(SHIPPED).by_key.values() if each.field == "marketAwareness.competitors"}
    assert rivals == {"name", "weakness"}


@pytest.mark.parametrize(
    ("collection", "field", "values"),
    [
        ("users", "onboardingStatus", [each.value for each in Onboarding]),
        ("persons", "role", [each.value for each in Role]),
        ("courseModules", "step", [each.value for each in Step]),
        ("userPromptExecutions", "status", [each.value for each in Status]),
        ("userGeneratedAssets", "status", [each.value for each in AssetStatus]),
        ("userGeneratedAssets", "elevateStep", [each.value for each in Step]),
        ("userModuleProgress", "status", [each.value for each in ModuleStatus]),
    ],
)
def test_a_choice_takes_the_schemas_words_and_no_others(collection: str, field: str, values: list[str]) -> None:
    assert WORDS[field, collection] <= set(values)
    for value in values:
        assert fits(RULES[collection], fitting(collection, **{field: value})), value
    assert not fits(RULES[collection], {**fitting(collection), field: "Something else"})


def test_the_twelve_have_the_schemas_roles() -> None:
    assert " ".join(sorted(ROLES)) == (
        "Advocate Connector Director Guide Marketer MediaBuyer Researcher SEO Sage Seller Teacher Writer"
    )


@pytest.mark.parametrize("name", NAMED_INDEXES)
def test_the_schemas_indexes_exist_by_their_names(name: str) -> None:
    ours = {each.name: each for each in INDEXES[name]}
    for index, fields in NAMED_INDEXES[name].items():
        assert ours[index].fields == tuple(fields.split()), index
    if name in ONE_EACH:
        assert ours[ONE_EACH[name]].unique
