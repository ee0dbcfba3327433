"""What tests in a browser stand on: a window that many of them use shows nothing of an
earlier one.
"""

import pytest

from tests.browsing import serve_folders

pytestmark = pytest.mark.browser

PAGE = """<!doctype html>
<html lang="en">
<title>Two folded answers</title>
<details><summary>One</summary><p id="one">The first answer.</p></details>
<details><summary>Two</summary><p id="two">The second answer.</p></details>
</html>
"""


@pytest.mark.parametrize("scripts", [True, False])
def test_a_visit_to_another_place_of_a_document_loads_it_anew(scripts, tmp_path, visit):
    """What an earlier visit has unfolded is folded again, though the address differs in
    its fragment alone.
    """
    (tmp_path / "answers.html").write_text(PAGE, "utf-8")
    with serve_folders({"/": tmp_path}) as url:
        visit(f"{url}answers.html#one", java_script_enabled=scripts)

        page = visit(f"{url}answers.html#two", java_script_enabled=scripts)

        assert page.locator("p:visible").all_inner_texts() == ["The second answer."]
