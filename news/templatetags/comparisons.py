"""Showing what has changed in a text: `{% load comparisons %}`."""

from django import template

from news.comparing import count_words, fold, is_reshaped

register = template.Library()
register.filter("folded", fold)
register.filter("counted", count_words)
register.filter("reshaped", is_reshaped)
