"""The people of the municipality."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Person
from accounts.permissions import may_tell_of_absence

PEOPLE_PER_PAGE = 30
LONGEST_QUESTION = 100


@require_safe
def people(request):
    """List people in service in Swedish order; `q` narrows by name, title or unit."""
    question = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUESTION]
    found = Person.objects.visible_to(request.user).named(question).with_assignments()
    page = Paginator(found, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "question": question})


@require_safe
def person(request, pk):
    """Show one person in service: posts, units and how to reach them."""
    found = get_object_or_404(Person.objects.visible_to(request.user).with_assignments(), pk=pk)
    context = {"person": found, "may_tell_of_absence": may_tell_of_absence(request.user, found)}
    return render(request, "accounts/person.html", context)
