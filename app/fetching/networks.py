"""Which machines may be asked: those on the public internet, and no others."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
PRIVATE = ("loopback", "private")  # what a setting opens; everything else is never asked
# By kind, the first that holds; RFC 6890 lists most of them.
CLOSED = {
    # Services that tell a machine's secrets to whoever asks from it; most clouds have them link-local.
    "of a cloud's metadata service": (
        "100.100.100.200/32",  # Alibaba
        "168.63.129.16/32",  # Azure: a public address that is answered inside
        "169.254.169.254/32",
        "192.0.0.192/32",  # Oracle
        "fd00:ec2::254/128",  # Amazon
    ),
    "loopback": ("127.0.0.0/8", "::1/128"),
    "unspecified": ("0.0.0.0/8", "::/128"),
    # Whatever is between here and there decides where these lead.
    "an IPv4 address within an IPv6 one": (
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated, RFC 2765
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # NAT64 of a site's own, RFC 8215
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
    ),
    "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    "link-local": ("169.254.0.0/16", "fe80::/10"),
    "a carrier's shared one": ("100.64.0.0/10",),
    "multicast": ("224.0.0.0/4", "ff00::/8"),
    # Some versions of Python take these for public.
    "reserved": ("192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20"),
}
NETWORKS = {kind: tuple(map(ip_network, networks)) for kind, networks in CLOSED.items()}
UNICAST = IPv6Network("2000::/3")  # all IPv6 addresses that are given out to the public


def why_closed(address: Address, *, private_open: bool) -> str | None:
    """Return what kind of address it is that must not be asked, null for one that may be.

    `private_open` opens loopback and private addresses, as within one's own network.
    """
    for kind, networks in NETWORKS.items():
        if any(address in network for network in networks):
            return None if private_open and kind in PRIVATE else kind
    foreign = isinstance(address, IPv6Address) and address not in UNICAST
    return "reserved" if foreign or not address.is_global else None
