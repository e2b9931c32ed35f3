"""The addresses."""

from django.urls import path

from notices import views

urlpatterns = [
    path("notices", views.draft),
    path("notices/<str:number>", views.show),
    path("notices/<str:number>/<str:step>", views.take),
    path("compliance", views.compliance),
]
