"""What the tests of the machinery share."""

from tests.records import both, embedded_record, mongo_record, time, whole_record

__all__ = ["both", "embedded_record", "mongo_record", "time", "whole_record"]
