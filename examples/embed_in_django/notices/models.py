"""What the project keeps of a notice itself."""

from django.db import models


class Notice(models.Model):
    """A notice. Its review, its clearance and its journal are govopen's."""

    number = models.CharField(max_length=120, unique=True)
    title = models.TextField()
    text = models.TextField()
    author = models.CharField(max_length=150)
    handed_over = models.BooleanField(default=False)

    class Meta:
        """In the order of their numbers."""

        ordering = ("number",)

    def __str__(self) -> str:
        """A title may be a secret until somebody says that it is not."""
        return str(self.number)
