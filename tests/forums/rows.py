"""What a browser sends for the rows of a formset."""


def rows(*items, prefix="items", initial=0, **more):
    data = {f"{prefix}-TOTAL_FORMS": str(len(items)), f"{prefix}-INITIAL_FORMS": str(initial), **more}
    for number, fields in enumerate(items):
        data |= {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return data
