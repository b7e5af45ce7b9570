"""Django's back office as the portal has it: our sign-in, and only what an administrator needs."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

# Rights follow posts (decisions/0004), so Django's groups mean nothing here; an address is the
# person's own; and what a second step keeps secret is not for an administrator to read.
admin.site.unregister([Group, EmailAddress, Authenticator])
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = "Samspel"
admin.site.site_title = "Samspel"

urls = admin.site.urls
