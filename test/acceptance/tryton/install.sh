#!/bin/sh
# Installs the Tryton 6.0 server and its modules from Debian 12 (bookworm). Run as root; running it again changes nothing.
# Tryton is a test tool only: nothing of the product depends on it.
set -eu

MODULES="company country currency party product account account-product account-invoice account-invoice-stock stock
  stock-supply stock-lot stock-split stock-package stock-product-location sale sale-supply purchase purchase-request
  account-credit-limit"

PACKAGES="tryton-server python3-psycopg2"
for module in $MODULES; do
  PACKAGES="$PACKAGES tryton-modules-$module"
done

missing=""
for package in $PACKAGES; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "install.sh: needs root to install:$missing" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
# Installing must not start a system service of its own: the tests start their own server on a free port.
apt-get install -y --no-install-recommends $missing || {
  apt-get update
  apt-get install -y --no-install-recommends $missing
}
