"""Contains all the data models used in inputs/outputs"""

from .affected_firm import AffectedFirm
from .allocated_target import AllocatedTarget
from .allocated_target_origin import AllocatedTargetOrigin
from .allocation import Allocation
from .allocation_plans_in_force import AllocationPlansInForce
from .allocation_question import AllocationQuestion
from .allocation_summary import AllocationSummary
from .altered import Altered
from .approval_asked import ApprovalAsked
from .audit_record import AuditRecord
from .basis import Basis
from .batch_request import BatchRequest
from .body_import_companies import BodyImportCompanies
from .body_import_projects import BodyImportProjects
from .catalogue_build import CatalogueBuild
from .catalogue_item_record import CatalogueItemRecord
from .catalogue_list import CatalogueList
from .catalogue_version import CatalogueVersion
from .chain_completeness import ChainCompleteness
from .chain_record import ChainRecord
from .chain_summary import ChainSummary
from .change_record import ChangeRecord
from .citation_record import CitationRecord
from .city_allocation import CityAllocation
from .city_link import CityLink
from .city_record import CityRecord
from .claim_record import ClaimRecord
from .company_placement import CompanyPlacement
from .company_record import CompanyRecord
from .company_summary import CompanySummary
from .compared_list import ComparedList
from .conflict_record import ConflictRecord
from .difference_record import DifferenceRecord
from .embed_token_record import EmbedTokenRecord
from .embed_token_request import EmbedTokenRequest
from .family_part import FamilyPart
from .field_record import FieldRecord
from .firm_change_record import FirmChangeRecord
from .firm_change_record_move import FirmChangeRecordMove
from .firm_change_record_parts import FirmChangeRecordParts
from .firm_change_record_parts_120 import FirmChangeRecordParts120
from .form import Form
from .gap_list import GapList
from .gap_list_weights import GapListWeights
from .gap_record import GapRecord
from .get_health_response_gethealth import GetHealthResponseGethealth
from .get_readiness_response_503_getreadiness import GetReadinessResponse503Getreadiness
from .goal_record import GoalRecord
from .goal_record_comparator import GoalRecordComparator
from .goal_record_reach import GoalRecordReach
from .goal_register import GoalRegister
from .holding_city import HoldingCity
from .job_record import JobRecord
from .job_record_problem_type_0 import JobRecordProblemType0
from .job_record_result_type_0 import JobRecordResultType0
from .job_record_state import JobRecordState
from .list_request import ListRequest
from .lock_record import LockRecord
from .lock_record_state import LockRecordState
from .mention_record import MentionRecord
from .mention_record_change import MentionRecordChange
from .mode import Mode
from .near_gap_record import NearGapRecord
from .overlap_record import OverlapRecord
from .panorama import Panorama
from .panorama_group import PanoramaGroup
from .panorama_segment import PanoramaSegment
from .panorama_segment_state import PanoramaSegmentState
from .panorama_stage import PanoramaStage
from .partner_record import PartnerRecord
from .passage_note import PassageNote
from .peer_record import PeerRecord
from .plan_record import PlanRecord
from .policy_part import PolicyPart
from .presence_build import PresenceBuild
from .problem import Problem
from .project_basis import ProjectBasis
from .project_ranking import ProjectRanking
from .project_ranking_counts import ProjectRankingCounts
from .project_ranking_weights import ProjectRankingWeights
from .project_record import ProjectRecord
from .proposition_list import PropositionList
from .proposition_record import PropositionRecord
from .proposition_term import PropositionTerm
from .ranked_project import RankedProject
from .ranked_project_parts import RankedProjectParts
from .ranked_project_screen import RankedProjectScreen
from .reload_record import ReloadRecord
from .removal_record import RemovalRecord
from .report_kind import ReportKind
from .round_record import RoundRecord
from .rule_answer import RuleAnswer
from .rule_answer_result import RuleAnswerResult
from .rule_fact import RuleFact
from .saved_list_summary import SavedListSummary
from .saved_list_summary_question import SavedListSummaryQuestion
from .saved_snapshot import SavedSnapshot
from .saved_snapshot_options import SavedSnapshotOptions
from .saved_snapshot_question import SavedSnapshotQuestion
from .saved_snapshot_versions import SavedSnapshotVersions
from .segment_detail import SegmentDetail
from .segment_match import SegmentMatch
from .segment_record import SegmentRecord
from .segment_state import SegmentState
from .segment_summary import SegmentSummary
from .size_record import SizeRecord
from .snapshot_record import SnapshotRecord
from .sponsor_record import SponsorRecord
from .talk_lock import TalkLock
from .target_list import TargetList
from .target_list_weights import TargetListWeights
from .target_question import TargetQuestion
from .target_question_kind_type_0 import TargetQuestionKindType0
from .target_question_mode_type_0 import TargetQuestionModeType0
from .target_question_weights import TargetQuestionWeights
from .target_record import TargetRecord
from .target_record_evidence import TargetRecordEvidence
from .target_record_parts import TargetRecordParts
from .term_record import TermRecord
from .timeline import Timeline
from .trace import Trace
from .trace_passage import TracePassage
from .trace_passage_kind import TracePassageKind
from .trace_passage_text import TracePassageText
from .unjudged_segment import UnjudgedSegment
from .why_not_record import WhyNotRecord
from .why_record import WhyRecord

__all__ = (
    "AffectedFirm",
    "AllocatedTarget",
    "AllocatedTargetOrigin",
    "Allocation",
    "AllocationPlansInForce",
    "AllocationQuestion",
    "AllocationSummary",
    "Altered",
    "ApprovalAsked",
    "AuditRecord",
    "Basis",
    "BatchRequest",
    "BodyImportCompanies",
    "BodyImportProjects",
    "CatalogueBuild",
    "CatalogueItemRecord",
    "CatalogueList",
    "CatalogueVersion",
    "ChainCompleteness",
    "ChainRecord",
    "ChainSummary",
    "ChangeRecord",
    "CitationRecord",
    "CityAllocation",
    "CityLink",
    "CityRecord",
    "ClaimRecord",
    "CompanyPlacement",
    "CompanyRecord",
    "CompanySummary",
    "ComparedList",
    "ConflictRecord",
    "DifferenceRecord",
    "EmbedTokenRecord",
    "EmbedTokenRequest",
    "FamilyPart",
    "FieldRecord",
    "FirmChangeRecord",
    "FirmChangeRecordMove",
    "FirmChangeRecordParts",
    "FirmChangeRecordParts120",
    "Form",
    "GapList",
    "GapListWeights",
    "GapRecord",
    "GetHealthResponseGethealth",
    "GetReadinessResponse503Getreadiness",
    "GoalRecord",
    "GoalRecordComparator",
    "GoalRecordReach",
    "GoalRegister",
    "HoldingCity",
    "JobRecord",
    "JobRecordProblemType0",
    "JobRecordResultType0",
    "JobRecordState",
    "ListRequest",
    "LockRecord",
    "LockRecordState",
    "MentionRecord",
    "MentionRecordChange",
    "Mode",
    "NearGapRecord",
    "OverlapRecord",
    "Panorama",
    "PanoramaGroup",
    "PanoramaSegment",
    "PanoramaSegmentState",
    "PanoramaStage",
    "PartnerRecord",
    "PassageNote",
    "PeerRecord",
    "PlanRecord",
    "PolicyPart",
    "PresenceBuild",
    "Problem",
    "ProjectBasis",
    "ProjectRanking",
    "ProjectRankingCounts",
    "ProjectRankingWeights",
    "ProjectRecord",
    "PropositionList",
    "PropositionRecord",
    "PropositionTerm",
    "RankedProject",
    "RankedProjectParts",
    "RankedProjectScreen",
    "ReloadRecord",
    "RemovalRecord",
    "ReportKind",
    "RoundRecord",
    "RuleAnswer",
    "RuleAnswerResult",
    "RuleFact",
    "SavedListSummary",
    "SavedListSummaryQuestion",
    "SavedSnapshot",
    "SavedSnapshotOptions",
    "SavedSnapshotQuestion",
    "SavedSnapshotVersions",
    "SegmentDetail",
    "SegmentMatch",
    "SegmentRecord",
    "SegmentState",
    "SegmentSummary",
    "SizeRecord",
    "SnapshotRecord",
    "SponsorRecord",
    "TalkLock",
    "TargetList",
    "TargetListWeights",
    "TargetQuestion",
    "TargetQuestionKindType0",
    "TargetQuestionModeType0",
    "TargetQuestionWeights",
    "TargetRecord",
    "TargetRecordEvidence",
    "TargetRecordParts",
    "TermRecord",
    "Timeline",
    "Trace",
    "TracePassage",
    "TracePassageKind",
    "TracePassageText",
    "UnjudgedSegment",
    "WhyNotRecord",
    "WhyRecord",
)
