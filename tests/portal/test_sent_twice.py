"""Where else than in test_double_click.py the same is sent twice."""

import ast

from tests.portal.files import HOME

# Long forms, and what no button sends, each sent twice in a test of its own.
ELSEWHERE = {
    "accounts:stop": "test_wishes.py::test_one_click_stops_one_kind_of_mail_without_sign_in",
    "news:autosave": "test_autosaving.py::test_sent_twice_it_is_saved_once",
    "news:import": "test_import_page.py::test_a_double_click_makes_one_draft",
    "news:upload_picture": "test_uploads.py::test_sending_a_file_again_adds_nothing",
    "news:upload_document": "test_uploads.py::test_sending_a_file_again_adds_nothing",
    "news:new_picture": "test_picture_library.py::test_a_double_click_makes_one_picture",
    "news:new_document": "test_document_pages.py::test_a_double_click_adds_one_document",
    "news:replace_document": "test_document_pages.py::test_a_new_file_keeps_the_address_and_the_old_file",
    "forums:new": "test_planning_together.py::test_the_form_for_a_new_forum_sent_twice_makes_one",
    "forums:edit_programme": "test_planning_together.py::test_a_double_click_is_no_colleague",
    "forums:edit_reminders": "test_reminders.py::test_the_page_of_reminders",
    "forums:change_link": "test_guests.py::test_a_changed_link_makes_the_one_before_worthless",
    "forums:guest": "test_guests.py::test_a_guest_answers_by_a_link_and_twice_is_once",
    "forums:new_kind": "test_kinds.py::test_whoever_arranges_for_everybody_shapes_kinds_and_makes_new_ones",
    "forums:edit_kind": "test_kinds.py::test_whoever_arranges_for_everybody_shapes_kinds_and_makes_new_ones",
    "forums:materials": "test_materials.py::test_a_double_click_shares_once_and_takes_away_once",
    "forums:take_away": "test_materials.py::test_a_double_click_shares_once_and_takes_away_once",
    "forums:edit_quotas": "test_seat_pages.py::test_quotas_are_set_row_by_row_and_twice_is_once",
    "forums:tell_needs": "test_answering_more.py::test_needs_are_asked_of_those_with_a_place_in_the_room"
    "_and_only_what_is_served",
    "forums:send_deputy": "test_answering_more.py::test_a_deputy_is_named_on_the_page_and_taken_back",
    "forums:guest_evaluate": "test_asking.py::test_a_guest_tells_what_they_thought_once_by_their_own_link",
    "forums:guest_needs": "test_answering_more.py::test_a_guest_tells_what_they_need_by_their_link",
    "forums:evaluate": "test_evaluating.py::test_one_who_took_part_tells_what_they_thought_once",
    "forums:close_evaluation": "test_evaluating.py::test_it_is_told_when_it_is_over_and_five_have_answered",
    "forums:door": "test_arriving.py::test_a_second_scan_says_when_the_first_was",
    "forums:join_table": "test_joining.py::test_who_scans_the_code_sits_down_and_writes",
    "forums:seat_plan": "test_seat_plan.py::test_a_double_click_moves_once",
    "forums:new_commitment": "test_commitments.py::test_the_form_lists_nobody_and_a_double_click_makes_one",
}


def test_every_test_named_here_is_there():
    """A name alone is easily left behind when what it names moves."""
    there = {
        f"{path.name}::{part.name}"
        for path in (HOME / "tests").rglob("test_*.py")
        for part in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(part, ast.FunctionDef)
    }
    assert {address: test for address, test in ELSEWHERE.items() if test not in there} == {}
