"""What holds for every test: no example is timed, and every run tries the same ones."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,  # a busy machine is no defect
    derandomize=True,  # a run that passes here passes there
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
