"""The back office, for administrators: units, people and their posts, roles, audiences.

Changes go through the verbs, so that they are logged like everyone's. The log and the mail are read only.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts import assigning, enrolling, granting, organising
from accounts.forms import UnitForm
from accounts.models import (
    Assignment,
    Audience,
    AudienceRule,
    LogEntry,
    Mail,
    Person,
    RoleGrant,
    Unit,
)
from accounts.recording import record


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that can be looked at and nothing else."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def keep_as(obj, saved):
    """Let `obj`, which the back office holds, be the row that a verb has just written."""
    obj.pk = saved.pk
    obj._state.adding = False
    obj.refresh_from_db()


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    form = UnitForm
    list_display = ["name", "kind", "parent", "position"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]

    def save_model(self, request, obj, form, change):
        if change:
            obj.save()
            record("unit.changed", about=obj, by=request.user, fields=form.changed_data)
            return
        made = organising.add_unit(name=obj.name, kind=obj.kind, parent=obj.parent, by=request.user)
        keep_as(obj, made)

    def delete_model(self, request, obj):
        record("unit.removed", about=obj, by=request.user)
        obj.delete()

    def delete_queryset(self, request, queryset):
        for unit in queryset:
            self.delete_model(request, unit)


class AssignmentInline(admin.StackedInline):
    model = Assignment
    extra = 0
    can_delete = False  # a post is ended by its last day, and stays in the history
    autocomplete_fields = ["unit"]


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    """Posts are given on their person's page; here they are found when a role is granted."""

    list_display = ["person", "title", "unit", "side", "starts_on", "ends_on"]
    list_select_related = ["person", "unit"]
    search_fields = ["person__given_name", "person__family_name", "title", "unit__name"]

    def has_module_permission(self, request):
        return False


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    fields = ["given_name", "family_name", "email", "phone", "language", "is_active"]
    list_display = ["full_name", "email", "posts", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["given_name", "family_name", "email"]
    inlines = [AssignmentInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_assignments()

    @admin.display(description=_("assignments"))
    def posts(self, person):
        return "; ".join(map(str, person.current_assignments))

    def has_delete_permission(self, request, obj=None):
        return False  # what somebody has written and decided stays theirs

    def save_model(self, request, obj, form, change):
        if change:
            obj.save()
            record("person.changed", about=obj, by=request.user, fields=form.changed_data)
            return
        words = {name: getattr(obj, name) for name in ("email", "given_name", "family_name", "language")}
        is_active = obj.is_active
        keep_as(obj, enrolling.enrol(**words, phone=obj.phone, by=request.user))
        if not is_active:
            obj.is_active = False
            obj.save(update_fields=["is_active"])

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        for post in formset.new_objects:
            keep_as(post, self._assign(post, by=request.user))
        for post, fields in formset.changed_objects:
            post.save()
            record("assignment.changed", about=post, by=request.user, fields=fields)

    def _assign(self, post, *, by):
        return assigning.assign(
            post.person,
            unit=post.unit,
            title=post.title,
            side=post.side,
            starts_on=post.starts_on,
            ends_on=post.ends_on,
            is_manager=post.is_manager,
            party=post.party,
            by=by,
        )


@admin.register(RoleGrant)
class RoleGrantAdmin(admin.ModelAdmin):
    list_display = ["person", "role", "unit", "assignment"]
    list_filter = ["role"]
    list_select_related = ["assignment__person", "assignment__unit", "unit"]
    search_fields = ["assignment__person__given_name", "assignment__person__family_name"]
    autocomplete_fields = ["assignment", "unit"]

    @admin.display(description=_("person"), ordering="assignment__person__sort_name")
    def person(self, granted):
        return granted.assignment.person

    def has_change_permission(self, request, obj=None):
        return False  # a role is granted or taken back

    def save_model(self, request, obj, form, change):
        granted = granting.grant(obj.assignment, role=obj.role, unit=obj.unit, by=request.user)
        keep_as(obj, granted)

    def delete_model(self, request, obj):
        granting.revoke(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for granted in queryset.select_related("assignment"):
            granting.revoke(granted, by=request.user)


class AudienceRuleInline(admin.TabularInline):
    model = AudienceRule
    extra = 1
    autocomplete_fields = ["unit"]


@admin.register(Audience)
class AudienceAdmin(admin.ModelAdmin):
    list_display = ["name", "is_composed"]
    list_filter = ["is_composed"]
    search_fields = ["name"]
    inlines = [AudienceRuleInline]

    def has_change_permission(self, request, obj=None):
        # What an organiser put together says in its name whom it means, and other forums may share it.
        return super().has_change_permission(request, obj) and not (obj and obj.is_composed)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rules = [str(rule) for rule in form.instance.rules.select_related("unit")]
        event = "audience.changed" if change else "audience.defined"
        record(event, about=form.instance, by=request.user, rules=rules)

    def delete_model(self, request, obj):
        record("audience.removed", about=obj, by=request.user)
        obj.delete()

    def delete_queryset(self, request, queryset):
        for audience in queryset:
            self.delete_model(request, audience)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "event", "about_name", "by"]
    list_filter = ["event"]
    list_select_related = ["by"]
    search_fields = ["event", "about_name", "by__given_name", "by__family_name"]
    date_hierarchy = "at"


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """What went out and how; not the words nor the subject: some mails hold the way into an account,
    and some are about what an administrator may not read."""

    fields = [
        "to",
        "event",
        "state",
        "attempts",
        "last_error",
        "queued_at",
        "claimed_at",
        "sent_at",
    ]
    list_display = ["queued_at", "to", "event", "state", "attempts", "last_error"]
    list_filter = ["state", "event"]
    list_select_related = ["to"]
    search_fields = ["to__email", "event"]
