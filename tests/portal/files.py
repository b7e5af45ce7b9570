"""Rules that every file of a kind keeps."""

from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


def for_each(paths):
    """Try a rule on each of these files, in one test that names every file which breaks it."""

    def decorate(rule):
        def tried():
            wrong = []
            for path in paths:
                try:
                    rule(path)
                except AssertionError as fault:
                    wrong.append(f"{path.relative_to(HOME)}: {fault}")
            assert paths
            assert not wrong, "\n".join(wrong)

        return tried

    return decorate
