"""``manage.py govopen_check``: hand over what is not there yet, and check."""

from django.core.management.base import BaseCommand, CommandError

from notices.handing import hand_over_all
from notices.offices import office


class Command(BaseCommand):
    """Exits with an error if an obligation is violated or cannot be decided."""

    help = "Check the records of the bureau against the law."

    def handle(self, *args, **options) -> None:
        """Say how many obligations have which status."""
        failed = hand_over_all()
        with office() as opened:
            report = opened.check()
        for status, count in report.summary().items():
            self.stdout.write(f"{status.text.zh}: {count}")
        if failed or report.failing():
            raise CommandError(f"{len(report.failing())} obligations, {len(failed)} notices not handed over")
