"""The console command `carisec`."""
