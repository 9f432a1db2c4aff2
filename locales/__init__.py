"""Every sentence for owners, in Indonesian and English."""
